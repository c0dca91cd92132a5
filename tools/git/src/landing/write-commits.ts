import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Changes } from '@luban-ci/edits';
import type { Person } from '../git-settings.ts';
import type { WorkRepository } from '../work-repository.ts';
import { oneLine } from './commit-message.ts';

export interface NewCommit {
  changes: Changes;
  message: string;
  author: Person;
}

/**
 * Writes commits, each on top of the one before it, without a work tree: `git fast-import` rebuilds only the trees on
 * the way to the changed files. Without a parent the first one starts a history.
 *
 * @returns their ids, in the same order
 */
export async function writeCommits(
  repository: WorkRepository,
  parent: string | undefined,
  commits: readonly NewCommit[],
): Promise<string[]> {
  const name = randomUUID();
  const seconds = Math.floor(repository.settings.clock.now().getTime() / 1000);
  const { committer } = repository.settings;
  const stream = commits.flatMap((commit, at) => [
    `commit refs/luban/work/${name}\nmark :${at + 1}\n`,
    `author ${identity(commit.author)} ${seconds} +0000\n`,
    `committer ${identity(committer)} ${seconds} +0000\n`,
    ...data(Buffer.from(commit.message)),
    at === 0 && parent !== undefined ? `from ${parent}\n` : '',
    ...fileCommands(commit.changes),
  ]);
  const input = Buffer.concat(['feature done\n', ...stream, 'done\n'].map((part) => Buffer.from(part)));
  await repository.local(['fast-import', '--quiet', '--date-format=raw', `--export-marks=${name}`], { input });
  return await readMarks(join(repository.folder, name));
}

/** A line `:<mark> <id>` for each, in no promised order. */
async function readMarks(file: string): Promise<string[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  const marks = lines.flatMap((line) => {
    const [, mark, id] = /^:(\d+) ([0-9a-f]+)$/.exec(line) ?? [];
    return mark === undefined || id === undefined ? [] : [[Number(mark), id] as const];
  });
  return marks.sort(([a], [b]) => a - b).map(([, id]) => id);
}

function fileCommands(changes: Changes): (string | Uint8Array)[] {
  return [...changes].flatMap(([path, file]) => {
    if (file === undefined) return [`D ${quoted(path)}\n`];
    return [`M ${file.executable ? '100755' : '100644'} inline ${quoted(path)}\n`, ...data(file.bytes)];
  });
}

function data(bytes: Uint8Array): (string | Uint8Array)[] {
  return [`data ${bytes.length}\n`, bytes, '\n'];
}

function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, '\\$&')}"`;
}

/** fast-import's form of a person; angle brackets and line breaks end its fields. */
function identity({ name, email }: Person): string {
  const clean = (text: string): string => oneLine(text.replace(/[<>]/g, ''));
  return `${clean(name)} <${clean(email)}>`;
}
