import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const Manifest = z.object({
  name: z.string(),
  description: z.string().default(''),
  luban: z.object({ layer: z.string() }).optional(),
  dependencies: z.record(z.string(), z.string()).default({}),
  devDependencies: z.record(z.string(), z.string()).default({}),
});
export type Manifest = z.output<typeof Manifest>;

/** A source and what it imports, as it is written. */
export interface Source {
  /** Relative to the repository, with `/`. */
  path: string;
  imports: readonly string[];
}

export interface Workspace {
  /** Manifest by folder below `tools/`. */
  rooms: Readonly<Record<string, Manifest>>;
  /** The repository's own, whose devDependencies every test may use. */
  root: Manifest;
  sources: readonly Source[];
}

/** What a repository consists of, from its manifests and sources. */
export async function readWorkspace(folder: string): Promise<Workspace> {
  const manifests = await Array.fromAsync(glob('tools/*/package.json', { cwd: folder }));
  const rooms = manifests.sort().map(async (path) => [roomOf(path), await readManifest(join(folder, path))] as const);
  const patterns = ['tools/*/src/**/*.ts', 'actions/*/src/*.ts', 'workflows/**/*.ts', 'gitops-template/*.ts'];
  const paths = (await Array.fromAsync(glob(patterns, { cwd: folder, exclude: ['**/node_modules'] }))).sort();
  return {
    rooms: Object.fromEntries(await Promise.all(rooms)),
    root: await readManifest(join(folder, 'package.json')),
    sources: await Promise.all(
      paths.map(async (path) => ({ path, imports: importsIn(await readFile(join(folder, path), 'utf8')) })),
    ),
  };
}

/** The room that a path is in; the empty text outside `tools/`. */
export function roomOf(path: string): string {
  return /^tools\/(?<room>[^/]+)\//.exec(path)?.groups?.['room'] ?? '';
}

/** Tests, what several tests share, and the programs that only they start. */
export function isTest(path: string): boolean {
  return /\.(test|contract|fixture)\.ts$|\/src\/(.*\/)?(testing|conformance|transcript)\//.test(path);
}

/** `zod` of `zod/mini`, `@actions/core` of `@actions/core/lib/x`; undefined for a path and for what Node brings. */
export function packageOf(specifier: string): string | undefined {
  if (/^(\.|\/|node:)/.test(specifier)) return undefined;
  return /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0];
}

/** Statements, re-exports, `import()` and types; what stands in comments and texts does not count. */
function importsIn(source: string): string[] {
  const statements = source.matchAll(/^(?:import|export)\s(?:[^;'"`]*?\sfrom\s+)?['"](?<specifier>[^'"\n]+)['"]/gm);
  const calls = source.matchAll(/^(?!\s*(?:\*|\/\/)).*?\bimport\(\s*['"](?<specifier>[^'"\n]+)['"]\s*\)/gm);
  return [...statements, ...calls].map(({ groups }) => groups?.['specifier'] ?? '');
}

async function readManifest(path: string): Promise<Manifest> {
  return Manifest.parse(JSON.parse(await readFile(path, 'utf8')));
}
