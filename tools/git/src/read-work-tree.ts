import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, StepError } from '@luban-ci/core';
import type { EditInput } from '@luban-ci/edits';
import { runGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';

/** What was changed in a checkout, as edits that land only where nobody else changed the same file. */
export interface WorkTree {
  /** Address of the remote `origin`. */
  url: string;
  /** Short name; `undefined` when no branch is checked out. */
  branch: string | undefined;
  /** One `write-file` edit for each changed, new or deleted file that git does not ignore, in the order of their paths. */
  edits: EditInput[];
}

interface ChangedFile {
  path: string;
  /** The blob that was checked out; `null` for a new file. */
  expected: string | null;
  mode: string;
}

/**
 * Reads the changes of a checkout without touching it.
 *
 * @throws InputError when the folder is no checkout; StepError for a conflict, a symbolic link or a submodule
 */
export async function readWorkTree(settings: GitSettings, folder: string): Promise<WorkTree> {
  const run = async (args: readonly string[]): Promise<string | undefined> => {
    const result = await runGit(settings, args, { cwd: folder });
    return result.exitCode === 0 ? result.stdout : undefined;
  };
  const url = (await run(['config', '--local', 'remote.origin.url']))?.trim();
  const status = await run(['status', '--porcelain=v2', '-z', '--untracked-files=all', '--no-renames']);
  if (url === undefined || status === undefined) {
    const expected = 'expected the folder of a checkout';
    throw new InputError(`${folder} is not a checkout of a repository`, [{ field: 'folder', expected }]);
  }
  const branch = (await run(['symbolic-ref', '--quiet', '--short', 'HEAD']))?.trim();
  const changed = status.split('\0').flatMap(parseStatus);
  const edits = await Promise.all(changed.map((file) => editFor(folder, file)));
  return { url, branch, edits: edits.toSorted((a, b) => (pathOf(a) < pathOf(b) ? -1 : 1)) };
}

/** One line of git-status(1) "Porcelain Format Version 2": `1 XY sub mH mI mW hH hI path`, or `? path`. */
function parseStatus(line: string): ChangedFile[] {
  if (line === '') return [];
  if (line.startsWith('? ')) return [{ path: line.slice(2), expected: null, mode: 'unknown' }];
  const [kind = '', , submodule = '', , , mode = '', head = '', , ...path] = line.split(' ');
  const name = path.join(' ');
  if (kind !== '1' || submodule.startsWith('S'))
    throw new StepError(`${name} is a submodule or in conflict, which cannot be pushed`);
  return [{ path: name, expected: /^0+$/.test(head) ? null : head, mode }];
}

async function editFor(folder: string, { path, expected, mode }: ChangedFile): Promise<EditInput> {
  const edit = { kind: 'write-file', version: 1, path, expected } as const;
  const state = await lstat(join(folder, path)).catch(() => undefined);
  if (state === undefined) return { ...edit, content: null };
  if (!state.isFile())
    throw new StepError(`${path} is a symbolic link or a folder of its own repository, which cannot be pushed`);
  const executable = mode === 'unknown' ? (state.mode & 0o100) !== 0 : mode === '100755';
  return { ...edit, content: { base64: (await readFile(join(folder, path))).toString('base64'), executable } };
}

function pathOf(edit: EditInput): string {
  return edit.kind === 'write-file' ? edit.path : '';
}
