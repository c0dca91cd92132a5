import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, StepError } from '@luban-ci/core';
import type { WriteFile } from '@luban-ci/edits';
import { runGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';

/** What differs in a work tree from the commit it was checked out from. */
export interface WorkTreeChanges {
  /** Address it was cloned from, where it has one. */
  origin: string | undefined;
  /** One edit for each file, tied to the blob that was checked out. */
  edits: WriteFile[];
}

/**
 * Reads the changes of a work tree, new files that are not ignored included.
 *
 * @throws InputError when the folder is no work tree; StepError when a changed path is no regular file
 */
export async function workTreeChanges(settings: GitSettings, folder: string): Promise<WorkTreeChanges> {
  const git = async (args: string[]): Promise<{ exitCode: number; stdout: string }> =>
    runGit(settings, args, { cwd: folder });
  const top = await git(['rev-parse', '--show-prefix']);
  if (top.exitCode !== 0 || top.stdout.trim() !== '') {
    throw new InputError(`${folder} is not the root of a git work tree`, [
      { field: 'path', expected: 'expected the folder that was checked out' },
    ]);
  }
  const status = await git(['status', '--porcelain', '-z', '--untracked-files=all', '--no-renames']);
  const paths = status.stdout
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(3));
  const listing = await git(['ls-tree', '-r', '-z', '--full-tree', 'HEAD', '--', ...paths]);
  const blobs = paths.length === 0 ? new Map<string, string>() : blobsIn(listing.stdout);
  const origin = (await git(['config', '--local', 'remote.origin.url'])).stdout.trim();
  return {
    origin: origin === '' ? undefined : origin,
    edits: await Promise.all(paths.sort().map((path) => editFor(folder, path, blobs.get(path) ?? null))),
  };
}

/** Lines of `git ls-tree`: `<mode> <type> <id>`, a tab, the path. */
function blobsIn(listing: string): Map<string, string> {
  const lines = listing.split('\0').filter((line) => line !== '');
  return new Map(lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/)[2] ?? '']));
}

async function editFor(folder: string, path: string, expected: string | null): Promise<WriteFile> {
  const place = join(folder, path);
  const found = await lstat(place).catch(() => undefined);
  if (found !== undefined && !found.isFile()) {
    throw new StepError(`${path} is not a regular file, and only those are landed`);
  }
  const content =
    found === undefined
      ? null
      : { base64: (await readFile(place)).toString('base64'), executable: (found.mode & 0o100) !== 0 };
  return { kind: 'write-file', version: 1, path, expected, content };
}
