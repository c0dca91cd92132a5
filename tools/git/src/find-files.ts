import type { Files } from '@luban-ci/edits';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { checkRefName } from './ref-name.ts';
import { allEntries, contentsOf } from './repository-files.ts';
import { fetchCommit, openWorkRepository } from './work-repository.ts';

export interface FilesOfBranch {
  commit: string;
  /** What was wanted and is there. */
  files: Files;
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
  isWanted: (path: string) => boolean,
): Promise<FilesOfBranch | undefined> {
  const ref = `refs/heads/${checkRefName(branch, 'branch')}`;
  await using repository = await openWorkRepository(settings, remote);
  const commit = await fetchCommit(repository, ref, { filter: 'blob:none', depth: 1 });
  if (commit === undefined) return undefined;
  const wanted = (await allEntries(repository, commit)).filter(({ path }) => isWanted(path));
  return { commit, files: await contentsOf(repository, commit, wanted) };
}
