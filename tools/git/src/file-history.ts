import { InputError } from '@luban-ci/core';
import { isRepositoryPath, textOf } from '@luban-ci/edits';
import type { GitSettings, Person } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { checkRefName } from './ref-name.ts';
import { fetchBlobs, readBlobs } from './repository-blobs.ts';
import { entriesAt } from './repository-files.ts';
import { fetchCommit, openWorkRepository, type WorkRepository } from './work-repository.ts';

/** One state of a file on a branch. */
export interface FileVersion {
  commit: string;
  date: Date;
  author: Person;
  subject: string;
  /** `undefined` where that commit deleted it. */
  text: string | undefined;
}

export interface FileHistory {
  /** Newest first, as the branch itself went: what a merge brought counts as the merge. */
  versions: FileVersion[];
  /** Whether older versions may exist than were looked for. */
  more: boolean;
}

const firstDepth = 50;
const deepest = 3200;

/**
 * The last versions of one file: commits and trees of a bounded part of the history, and only the blobs that are shown.
 *
 * @throws InputError when the branch does not exist
 */
export async function fileHistory(
  settings: GitSettings,
  remote: GitUrl,
  request: { branch: string; path: string; limit: number },
): Promise<FileHistory> {
  if (!isRepositoryPath(request.path)) {
    throw new InputError('this is not a path in a repository', [
      { field: 'path', expected: 'expected a relative path' },
    ]);
  }
  const ref = `refs/heads/${checkRefName(request.branch, 'branch')}`;
  await using repository = await openWorkRepository(settings, remote);
  const { entries, shallow } = await searchBack(repository, ref, request, firstDepth);
  const shown = entries.slice(0, request.limit);
  const versions = await withTexts(repository, shown, request.path);
  return { versions, more: shallow || entries.length > request.limit };
}

type Entry = Omit<FileVersion, 'text'>;

async function withTexts(repository: WorkRepository, entries: readonly Entry[], path: string): Promise<FileVersion[]> {
  const found = await Promise.all(entries.map(({ commit }) => entriesAt(repository, commit, [path])));
  const ids = found.map((files) => files.find((file) => file.path === path)?.id);
  const present = [...new Set(ids.filter((id) => id !== undefined))];
  await fetchBlobs(repository, entries[0]?.commit ?? '', present);
  const blobs = await readBlobs(repository, present);
  return entries.map((entry, at) => {
    const bytes = blobs.get(ids[at] ?? '');
    return { ...entry, text: bytes === undefined ? undefined : textOf({ bytes, executable: false }, path) };
  });
}

/** Goes back further until enough versions are found. At the cut, git shows a commit that may only carry the file along. */
async function searchBack(
  repository: WorkRepository,
  ref: string,
  request: { path: string; limit: number; branch: string },
  depth: number,
): Promise<{ entries: Entry[]; shallow: boolean }> {
  const tip = await fetchCommit(repository, ref, { filter: 'blob:none', depth });
  if (tip === undefined) {
    const expected = 'expected a branch of that repository';
    throw new InputError(`${repository.remote.url} has no branch ${request.branch}`, [{ field: 'branch', expected }]);
  }
  const cut = new Set((await repository.local(['rev-list', '--max-parents=0', tip])).split('\n'));
  const shallow = (await repository.local(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const entries = (await logOf(repository, tip, request.path)).filter(({ commit }) => !shallow || !cut.has(commit));
  if (!shallow || entries.length > request.limit || depth >= deepest) return { entries, shallow };
  return searchBack(repository, ref, request, depth * 4);
}

async function logOf(repository: WorkRepository, tip: string, path: string): Promise<Entry[]> {
  const format = '--format=%H%x00%ct%x00%an%x00%ae%x00%s';
  const text = await repository.local(['--literal-pathspecs', 'log', '--first-parent', format, tip, '--', path]);
  return text.split('\n').flatMap((line) => {
    const [commit = '', seconds, name = '', email = '', subject = ''] = line.split('\0');
    return commit === '' ? [] : [{ commit, date: new Date(Number(seconds) * 1000), author: { name, email }, subject }];
  });
}
