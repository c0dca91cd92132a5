import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createManifestReader, type ManifestReader } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { type Catalog, emptyCatalog, joinCatalogs, type KeyedData } from './catalog.ts';

/**
 * Reads every YAML file at these paths (files, or folders with all below them) as a cluster would hold them. Kinds that
 * a run has no use for, such as Roles, are passed over.
 *
 * @throws InputError naming the file, for what is not YAML or not what Argo understands
 */
export async function loadCatalog(paths: readonly string[]): Promise<Catalog> {
  const reader = createManifestReader();
  const files = (await Promise.all(paths.map(yamlFilesAt))).flat();
  const catalogs = await Promise.all(
    files.map(async (file) => readCatalog(await readFile(file, 'utf8'), file, reader)),
  );
  return joinCatalogs(emptyCatalog, ...catalogs);
}

/** The same for text that is at hand; `where` is what messages call it. */
export function readCatalog(text: string, where: string, reader: ManifestReader = createManifestReader()): Catalog {
  const documents = parseAllDocuments(text);
  const parsed = [...documents].map((document) => {
    const [error] = document.errors;
    if (error !== undefined) throw new InputError(`${where} is not YAML: ${error.message}`, [], { cause: error });
    return document.toJS({ maxAliasCount: 1000 }) as unknown;
  });
  return joinCatalogs(emptyCatalog, ...parsed.map((document) => catalogOf(document, where, reader)));
}

const Identified = z.object({ kind: z.string() });
const Metadata = z.object({ name: z.string(), namespace: z.string().optional() });
const Texts = z.record(z.string(), z.string());
const ConfigMap = z.object({ metadata: Metadata, data: Texts.default({}) });
const Secret = z.object({ metadata: Metadata, data: Texts.default({}), stringData: Texts.default({}) });

function catalogOf(document: unknown, where: string, reader: ManifestReader): Catalog {
  const kind = Identified.safeParse(document).data?.kind;
  const called = `${where} (${kind ?? 'no kind'})`;
  if (kind === 'Workflow') return { ...emptyCatalog, workflows: [reader.read(document, where, kind)] };
  if (kind === 'WorkflowTemplate') return { ...emptyCatalog, workflowTemplates: [reader.read(document, where, kind)] };
  if (kind === 'ClusterWorkflowTemplate') {
    return { ...emptyCatalog, clusterWorkflowTemplates: [reader.read(document, where, kind)] };
  }
  if (kind === 'ConfigMap') {
    const { metadata, data } = parse(ConfigMap, document, called);
    return { ...emptyCatalog, configMaps: [keyedData(metadata, data)] };
  }
  if (kind !== 'Secret') return emptyCatalog;
  const { metadata, data, stringData } = parse(Secret, document, called);
  return { ...emptyCatalog, secrets: [keyedData(metadata, { ...decoded(data), ...stringData })] };
}

function keyedData({ name, namespace }: z.output<typeof Metadata>, data: Record<string, string>): KeyedData {
  return { name, data, ...(namespace === undefined ? {} : { namespace }) };
}

function decoded(data: Record<string, string>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString('utf8')]),
  );
}

function parse<S extends z.ZodType>(schema: S, document: unknown, where: string): z.output<S> {
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new InputError(`${where} cannot be used: ${problems.join('; ')}`);
}

async function yamlFilesAt(path: string): Promise<string[]> {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new InputError(`${path} does not exist`);
  if (found.isFile()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name) && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
