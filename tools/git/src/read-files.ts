import { InputError } from '@luban-ci/core';
import type { Files } from '@luban-ci/edits';
import { fetchCommit } from './fetch-commit.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { isObjectId } from './ref-name.ts';
import { resolveRef } from './remote-refs.ts';
import { filesAt } from './repository-files.ts';
import { openWorkRepository } from './work-repository.ts';

export interface FilesAtRef {
  commit: string;
  /** Only what exists; folders that were named are there with everything below them. */
  files: Files;
}

/**
 * Reads single files, or whole folders (`''` is everything), at the tip of a ref, without cloning anything else.
 *
 * @throws InputError when there is no such ref or a path is unsafe; StepError when one is a symbolic link
 */
export async function readFiles(
  settings: GitSettings,
  remote: GitUrl,
  ref: string,
  paths: readonly string[],
): Promise<FilesAtRef> {
  await using repository = await openWorkRepository(settings, remote);
  const wanted = isObjectId(ref) || ref.startsWith('refs/') ? ref : (await resolveRef(settings, remote, ref)).ref;
  const commit =
    wanted === undefined ? undefined : await fetchCommit(repository, wanted, { filter: 'blob:none', depth: 1 });
  if (commit === undefined)
    throw new InputError(`${remote.url} has no ${ref}`, [{ field: 'ref', expected: 'expected a branch or tag' }]);
  return { commit, files: await filesAt(repository, commit, paths) };
}
