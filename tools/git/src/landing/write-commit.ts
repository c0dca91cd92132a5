import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Changes } from '@luban-ci/edits';
import type { Person } from '../git-settings.ts';
import type { WorkRepository } from '../work-repository.ts';
import { oneLine } from './commit-message.ts';

export interface NewCommit {
  /** Without it the commit starts a history. */
  parent?: string | undefined;
  changes: Changes;
  message: string;
  author: Person;
  committer: Person;
}

/** Writes a commit without a work tree: `git fast-import` rebuilds only the trees on the way to the changed files. */
export async function writeCommit(repository: WorkRepository, commit: NewCommit): Promise<string> {
  const ref = `refs/luban/work/${randomUUID()}`;
  const seconds = Math.floor(repository.settings.clock.now().getTime() / 1000);
  const head = [
    'feature done',
    `commit ${ref}`,
    `author ${identity(commit.author)} ${seconds} +0000`,
    `committer ${identity(commit.committer)} ${seconds} +0000`,
  ].join('\n');
  const from = commit.parent === undefined ? '' : `from ${commit.parent}\n`;
  const stream = [`${head}\n`, ...data(Buffer.from(commit.message)), from, ...fileCommands(commit.changes), 'done\n'];
  const input = Buffer.concat(stream.map((part) => Buffer.from(part)));
  await repository.local(['fast-import', '--quiet', '--date-format=raw'], { input });
  return (await readFile(join(repository.folder, ref), 'utf8')).trim();
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
