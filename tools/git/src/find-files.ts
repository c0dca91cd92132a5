import type { Files } from '@luban-ci/edits';
import { fetchCommit } from './fetch-commit.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { checkRefName } from './ref-name.ts';
import { allEntries, contentsOf } from './repository-files.ts';
import { openWorkRepository } from './work-repository.ts';

export interface FilesOfBranch {
  commit: string;
  /** What was wanted and is there. */
  files: Files;
}

export interface FilesWanted {
  isWanted(path: string): boolean;
  /** Further paths, once the first files are known; asked for with one more request. */
  alsoWanted?(found: Files, paths: readonly string[]): readonly string[];
}

/**
 * Reads those files at the tip of a branch whose paths are wanted: one commit with its trees, and their blobs alone.
 * Symbolic links are not followed and not answered.
 *
 * @returns `undefined` when there is no such branch
 * @throws StepError or RetryableError when the server does not let us read
 */
export async function findFiles(
  settings: GitSettings,
  remote: GitUrl,
  branch: string,
  { isWanted, alsoWanted = () => [] }: FilesWanted,
): Promise<FilesOfBranch | undefined> {
  const ref = `refs/heads/${checkRefName(branch, 'branch')}`;
  await using repository = await openWorkRepository(settings, remote);
  const commit = await fetchCommit(repository, ref, { filter: 'blob:none', depth: 1 });
  if (commit === undefined) return undefined;
  const entries = await allEntries(repository, commit);
  const found = await contentsOf(
    repository,
    commit,
    entries.filter(({ path }) => isWanted(path)),
  );
  const paths = entries.map(({ path }) => path);
  const more = new Set(alsoWanted(found, paths).filter((path) => !found.has(path)));
  const also = await contentsOf(
    repository,
    commit,
    entries.filter(({ path }) => more.has(path)),
  );
  return { commit, files: new Map([...found, ...also]) };
}
