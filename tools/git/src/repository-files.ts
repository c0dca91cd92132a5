import { InputError, StepError } from '@luban-ci/core';
import { type Files, isRepositoryPath, type RepositoryFile } from '@luban-ci/edits';
import { fetchBlobs, readBlobs } from './repository-blobs.ts';
import { walkTo } from './tree-walk.ts';
import type { WorkRepository } from './work-repository.ts';

/** A file in a commit, its content not read yet. */
export interface TreeEntry {
  mode: string;
  id: string;
  path: string;
}

/**
 * Reads files of a fetched commit: those named, and all below folders that are named. Their blobs are fetched with one
 * request, unless they came along with the commit.
 *
 * @throws InputError for a path that leaves the repository; StepError for a symbolic link, which could point anywhere
 */
export async function filesAt(
  repository: WorkRepository,
  commit: string,
  paths: readonly string[],
  cameAlong = false,
): Promise<Files> {
  const bad = paths.filter((path) => path !== '' && !isRepositoryPath(path));
  if (bad.length > 0) {
    const expected = 'expected a relative path inside the repository, without `..` and outside `.git`';
    throw new InputError(`${JSON.stringify(bad[0])} is not a path in a repository`, [{ field: 'path', expected }]);
  }
  if (paths.length === 0) return new Map();
  return contentsOf(repository, commit, await entriesAt(repository, commit, paths), cameAlong);
}

/** The files behind entries of a fetched commit; their blobs are fetched with one request. */
export async function contentsOf(
  repository: WorkRepository,
  commit: string,
  entries: readonly TreeEntry[],
  cameAlong = false,
): Promise<Files> {
  const ids = [...new Set(entries.map(({ id }) => id))];
  if (!cameAlong) await fetchBlobs(repository, commit, ids);
  const blobs = await readBlobs(repository, ids);
  return new Map(
    entries.map(({ path, mode, id }): [string, RepositoryFile] => {
      return [path, { bytes: blobs.get(id) ?? new Uint8Array(), executable: mode === '100755' }];
    }),
  );
}

/** Every file of a fetched commit that has content of its own: no links, no submodules, no name that is no path. */
export async function allEntries(repository: WorkRepository, commit: string): Promise<TreeEntry[]> {
  const entries = await walkTo(repository, commit, ['']);
  return entries.filter(({ mode, path }) => mode !== '120000' && isRepositoryPath(path));
}

/** Files of a commit by path, folders with everything below them; @throws StepError for a symbolic link */
export async function entriesAt(
  repository: WorkRepository,
  commit: string,
  paths: readonly string[],
): Promise<TreeEntry[]> {
  const entries = await walkTo(repository, commit, paths);
  const link = entries.find(({ mode }) => mode === '120000');
  if (link === undefined) return entries;
  throw new StepError(`${link.path} is a symbolic link, which is not followed`, {
    hint: 'Name the file or folder that it points at.',
  });
}
