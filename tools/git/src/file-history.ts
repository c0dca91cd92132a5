import { InputError } from '@luban-ci/core';
import { isRepositoryPath, textOf } from '@luban-ci/edits';
import { fetchCommit } from './fetch-commit.ts';
import type { GitSettings, Person } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { checkRefName } from './ref-name.ts';
import { fetchBlobs, readBlobs } from './repository-blobs.ts';
import { entriesAt } from './repository-files.ts';
import { openWorkRepository, type WorkRepository } from './work-repository.ts';

/** A commit of a branch that changed what was asked about. */
export interface VersionCommit {
  commit: string;
  date: Date;
  author: Person;
  subject: string;
  /** The last paragraph of its message as `git interpret-trailers` reads it, in order. */
  trailers: readonly (readonly [name: string, value: string])[];
}

/** One state of a file on a branch. */
export interface FileVersion extends VersionCommit {
  /** `undefined` where that commit deleted it. */
  text: string | undefined;
}

/** One state of several files on a branch. */
export interface FilesVersion extends VersionCommit {
  /** What is not there then is not in it. */
  texts: ReadonlyMap<string, string>;
}

export interface FileHistory {
  /** Newest first, as the branch itself went: what a merge brought counts as the merge. */
  versions: FileVersion[];
  /** Whether older versions may exist than were looked for. */
  more: boolean;
}

export interface FilesHistory {
  /** Newest first; each changed at least one of the files. */
  versions: FilesVersion[];
  more: boolean;
}

const firstDepth = 50;
const deepest = 3200;

/** The last versions of one file. @throws InputError when the branch does not exist */
export async function fileHistory(
  settings: GitSettings,
  remote: GitUrl,
  { path, ...request }: { branch: string; path: string; limit: number },
): Promise<FileHistory> {
  const { versions, more } = await filesHistory(settings, remote, { ...request, paths: [path] });
  return { versions: versions.map(({ texts, ...version }) => ({ ...version, text: texts.get(path) })), more };
}

/**
 * The last versions of files that belong together: commits and trees of a bounded part of the history, and only the
 * blobs that are shown.
 *
 * @throws InputError when the branch does not exist
 */
export async function filesHistory(
  settings: GitSettings,
  remote: GitUrl,
  request: HistoryRequest,
): Promise<FilesHistory> {
  if (!request.paths.every(isRepositoryPath)) {
    throw new InputError('this is not a path in a repository', [
      { field: 'path', expected: 'expected a relative path' },
    ]);
  }
  const ref = `refs/heads/${checkRefName(request.branch, 'branch')}`;
  await using repository = await openWorkRepository(settings, remote);
  const { entries, shallow } = await searchBack(repository, ref, request, firstDepth);
  const shown = entries.slice(0, request.limit);
  const versions = await withTexts(repository, shown, request.paths);
  return { versions, more: shallow || entries.length > request.limit };
}

export interface HistoryRequest {
  branch: string;
  paths: readonly string[];
  limit: number;
}

async function withTexts(
  repository: WorkRepository,
  commits: readonly VersionCommit[],
  paths: readonly string[],
): Promise<FilesVersion[]> {
  const found = await Promise.all(commits.map(({ commit }) => entriesAt(repository, commit, paths)));
  const present = [...new Set(found.flatMap((files) => files.map(({ id }) => id)))];
  await fetchBlobs(repository, commits[0]?.commit ?? '', present);
  const blobs = await readBlobs(repository, present);
  return commits.map((each, at) => {
    const texts = (found[at] ?? []).flatMap(({ path, id }): [string, string][] => {
      const bytes = paths.includes(path) ? blobs.get(id) : undefined;
      return bytes === undefined ? [] : [[path, textOf({ bytes, executable: false }, path)]];
    });
    return { ...each, texts: new Map(texts) };
  });
}

/** Goes back further until enough versions are found. At the cut, git shows a commit that may only carry the file along. */
async function searchBack(
  repository: WorkRepository,
  ref: string,
  request: HistoryRequest,
  depth: number,
): Promise<{ entries: VersionCommit[]; shallow: boolean }> {
  const tip = await fetchCommit(repository, ref, { filter: 'blob:none', depth });
  if (tip === undefined) {
    const expected = 'expected a branch of that repository';
    throw new InputError(`${repository.remote.url} has no branch ${request.branch}`, [{ field: 'branch', expected }]);
  }
  const cut = new Set((await repository.local(['rev-list', '--max-parents=0', tip])).split('\n'));
  const shallow = (await repository.local(['rev-parse', '--is-shallow-repository'])).trim() === 'true';
  const entries = (await logOf(repository, tip, request.paths)).filter(({ commit }) => !shallow || !cut.has(commit));
  if (!shallow || entries.length > request.limit || depth >= deepest) return { entries, shallow };
  return searchBack(repository, ref, request, depth * 4);
}

/** Between fields stands what no field holds: a zero byte; between trailers the record separator, on lines of their own. */
async function logOf(repository: WorkRepository, tip: string, paths: readonly string[]): Promise<VersionCommit[]> {
  const format = '--format=%H%x00%ct%x00%an%x00%ae%x00%s%x00%(trailers:only,unfold,separator=%x1e)';
  const args = ['--literal-pathspecs', 'log', '-z', '--first-parent', format, tip, '--', ...paths];
  const fields = (await repository.local(args)).split('\0');
  const commits: VersionCommit[] = [];
  for (let at = 0; at + 5 < fields.length; at += 6) {
    const [commit = '', seconds, name = '', email = '', subject = '', trailers = ''] = fields.slice(at, at + 6);
    const date = new Date(Number(seconds) * 1000);
    commits.push({ commit, date, author: { name, email }, subject, trailers: trailersOf(trailers) });
  }
  return commits;
}

function trailersOf(text: string): [string, string][] {
  return text.split('\x1e').flatMap((line): [string, string][] => {
    const colon = line.indexOf(':');
    return colon < 1 ? [] : [[line.slice(0, colon), line.slice(colon + 1).trim()]];
  });
}
