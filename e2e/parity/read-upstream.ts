import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { type Catalog, readCatalog } from '@luban-ci/argo-local';
import { createManifestReader, isManifestKind, type Workflow } from '@luban-ci/argo-workflows-schema';
import { parseAllDocuments, stringify } from 'yaml';
import { onImagesAtHand } from './images-at-hand.ts';
import type { Intervention, Submission } from './submission.ts';

const modules = process.env['GOMODCACHE'] ?? join(process.env['GOPATH'] ?? join(homedir(), 'go'), 'pkg/mod');
const folder = join(modules, 'github.com/argoproj/argo-workflows/v3@v3.7.14/examples');

/** Whether Argo's Go module, which holds its published examples, is downloaded. */
export const upstreamIsThere = existsSync(folder);

/** Templates and ConfigMaps that the examples refer to. */
const shared = ['configmaps', 'workflow-template/templates.yaml', 'cluster-workflow-template/clustertemplates.yaml'];

export interface Upstream {
  /** Every Workflow of every file, called as its file is. */
  submissions: Submission[];
  /** What stands around them, as YAML. */
  surroundings: string;
}

/** Argo's published examples, with images that are at hand. */
export async function readUpstream(): Promise<Upstream> {
  const files = (await Array.fromAsync(glob('**/*.yaml', { cwd: folder }))).sort();
  const documents = await Promise.all(files.map(async (file) => ({ file, values: await documentsIn(file) })));
  const around = documents
    .filter(({ file }) => shared.some((each) => file.startsWith(each)))
    .flatMap((each) => each.values);
  const surroundings = around.map((document) => stringify(document)).join('---\n');
  const catalog = readCatalog(surroundings, 'what the examples share');
  const submissions = documents.flatMap(({ file, values }) => submissionsOf(file, values, catalog));
  return { submissions, surroundings };
}

/** Documents that are YAML to the letter; a few examples have flow lists that only Go's parser takes. */
async function documentsIn(file: string): Promise<object[]> {
  const documents = parseAllDocuments(await readFile(join(folder, file), 'utf8'), { merge: true, logLevel: 'silent' });
  return [...documents]
    .filter((document) => document.errors.length === 0)
    .map((document): unknown => document.toJS())
    .filter((value) => typeof value === 'object' && value !== null)
    .map(onImagesAtHand);
}

const reader = createManifestReader();

/** What Argo allows a workflow to be called. */
const longestName = 63;

/** Somebody has to let them go on. */
const interventions: Readonly<Record<string, Intervention>> = {
  'suspend-template': { node: 'suspend-template[1].approve', command: 'resume' },
  'suspend-template-outputs': {
    ...{ node: 'suspend-template-outputs[0].approve', command: 'resume' },
    values: { message: 'hello' },
  },
};

/** Files of one name in two folders must not meet where their names are cut. */
function shortened(name: string): string {
  if (name.length <= longestName) return name;
  const own = createHash('sha256').update(name).digest('hex').slice(0, 6);
  return `e${own}-${name.slice(8 - longestName).replace(/^-+/, '')}`;
}

function submissionsOf(file: string, values: readonly object[], catalog: Catalog): Submission[] {
  const workflows = values.filter(
    (value) => 'kind' in value && value.kind === 'Workflow' && isManifestKind(value.kind),
  );
  return workflows.flatMap((value, index) => {
    if (reader.problemsOf(value).length > 0) return [];
    const base = file.replace(/\.yaml$/, '').replaceAll(/[^a-z0-9]+/g, '-');
    const name = shortened(index === 0 ? base : `${base}-${index}`);
    const intervention = interventions[name];
    const workflow = named(reader.read(value, file, 'Workflow'), name);
    return [{ name, workflow, catalog, ...(intervention === undefined ? {} : { intervention }) }];
  });
}

function named(workflow: Workflow, name: string): Workflow {
  const { generateName: _, namespace: _namespace, ...metadata } = workflow.metadata;
  return { ...workflow, metadata: { ...metadata, name } };
}
