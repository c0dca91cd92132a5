import { StepError } from '@luban-ci/core';
import { fetchBlobs, readObject, readObjects } from './repository-blobs.ts';
import type { TreeEntry } from './repository-files.ts';
import { folderMode, itemsIn } from './tree-object.ts';
import type { WorkRepository } from './work-repository.ts';

/** A folder of a commit, and what is wanted of it. */
interface Folder {
  /** Empty for the root, else with a slash at its end. */
  path: string;
  id: string;
  /** Paths below it, step by step; one without steps is all of it. */
  wanted: readonly (readonly string[])[];
}

/**
 * Goes down from the root of a fetched commit to paths, and to everything below folders that are named. Folders that are
 * not here are fetched when they are reached, all of a level with one request, with the folders below them.
 *
 * @returns files and links, in the order of their paths
 */
export async function walkTo(
  repository: WorkRepository,
  commit: string,
  paths: readonly string[],
): Promise<TreeEntry[]> {
  const root = await rootOf(repository, commit);
  const wanted = paths.map((path) => (path === '' ? [] : path.split('/')));
  const entries = await walk(repository, commit, [{ path: '', id: root, wanted }]);
  return entries.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Id of the folder that holds everything in a fetched commit. */
export async function rootOf(repository: WorkRepository, commit: string): Promise<string> {
  const bytes = await readObject(repository, commit, 'commit');
  const [, root] = /^tree ([0-9a-f]+)\n/.exec(bytes.toString('latin1')) ?? [];
  if (root === undefined) throw new StepError(`the commit ${commit} names no folder`);
  return root;
}

async function walk(repository: WorkRepository, commit: string, folders: readonly Folder[]): Promise<TreeEntry[]> {
  if (folders.length === 0) return [];
  const trees = await treesOf(repository, commit, [...new Set(folders.map(({ id }) => id))]);
  const entries = folders.flatMap((folder) => wantedIn(folder, trees.get(folder.id) ?? Buffer.alloc(0)));
  const below = entries.filter(({ mode }) => mode === folderMode);
  const files = entries.filter(({ wanted, mode }) => wanted.some((steps) => steps.length === 0) && isFile(mode));
  const deeper = await walk(
    repository,
    commit,
    below.map(({ path, ...folder }) => ({ ...folder, path: `${path}/` })),
  );
  return [...files.map(({ mode, id, path }) => ({ mode, id, path })), ...deeper];
}

const submoduleMode = '160000';
const isFile = (mode: string): boolean => mode !== folderMode && mode !== submoduleMode;

async function treesOf(
  repository: WorkRepository,
  commit: string,
  ids: readonly string[],
): Promise<Map<string, Buffer>> {
  const here = await repository.read(ids);
  const missing = ids.filter((id) => !here.has(id));
  await fetchBlobs(repository, commit, missing);
  const fetched = await readObjects(repository, missing, 'tree');
  return new Map([...[...here].map(([id, { bytes }]) => [id, bytes] as const), ...fetched]);
}

/** Entries of a folder that lie on a wanted path, with what is wanted below them. */
function wantedIn({ path, wanted }: Folder, tree: Buffer): (TreeEntry & Folder)[] {
  const all = wanted.some((steps) => steps.length === 0);
  return [...itemsIn(tree)].flatMap(({ mode, name, id }) => {
    const below = wanted.flatMap(([first, ...steps]) => (first === name ? [steps] : []));
    const steps = all ? [[], ...below] : below;
    return steps.length === 0 ? [] : [{ mode, id, path: `${path}${name}`, wanted: steps }];
  });
}
