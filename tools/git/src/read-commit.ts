import { InputError } from '@luban-ci/core';
import { fetchCommit } from './fetch-commit.ts';
import type { GitSettings, Person } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { resolveRef } from './remote-refs.ts';
import { readObject } from './repository-blobs.ts';
import { openWorkRepository } from './work-repository.ts';

/** A commit without its files and its history. */
export interface CommitInfo {
  commit: string;
  /** Id of its files as a whole: two commits with the same tree have the same files. */
  tree: string;
  /** What it was made on top of, in order. */
  parents: string[];
  author: Person;
  authoredAt: Date;
  committer: Person;
  committedAt: Date;
  message: string;
}

/** @throws InputError when the repository has no such ref or commit */
export async function readCommit(settings: GitSettings, remote: GitUrl, refOrCommit: string): Promise<CommitInfo> {
  const { commit, ref } = await resolveRef(settings, remote, refOrCommit);
  await using repository = await openWorkRepository(settings, remote);
  const fetched = await fetchCommit(repository, ref ?? commit, { filter: 'tree:0', depth: 1 });
  if (fetched === undefined) throw noSuchCommit(remote, commit);
  return parseCommit(fetched, (await readObject(repository, fetched, 'commit')).toString('utf8'));
}

/** Reads a commit object: header lines, an empty line, the message. */
export function parseCommit(commit: string, text: string): CommitInfo {
  const [head = '', ...rest] = text.split('\n\n');
  const ids = (name: string): string[] =>
    head.split('\n').flatMap((line) => (line.startsWith(`${name} `) ? [line.slice(name.length + 1)] : []));
  const person = (name: string): { who: Person; at: Date } => {
    const line = head.split('\n').find((each) => each.startsWith(`${name} `)) ?? '';
    const [, who = '', email = '', seconds = '0'] = /^\w+ (.*?) ?<([^>]*)> (\d+)/.exec(line) ?? [];
    return { who: { name: who, email }, at: new Date(Number(seconds) * 1000) };
  };
  const [author, committer] = [person('author'), person('committer')];
  return {
    commit,
    tree: ids('tree')[0] ?? '',
    parents: ids('parent'),
    author: author.who,
    authoredAt: author.at,
    committer: committer.who,
    committedAt: committer.at,
    message: rest.join('\n\n'),
  };
}

function noSuchCommit(remote: GitUrl, commit: string): InputError {
  const expected = 'expected a commit that a branch or tag of that repository reaches';
  return new InputError(`${remote.url} has no commit ${commit}`, [{ field: 'revision', expected }]);
}
