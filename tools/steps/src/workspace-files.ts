import { lstat, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { StepError } from '@luban-ci/core';
import type { Changes, Files, RepositoryFile } from '@luban-ci/edits';

/** Folders that hold other people's files, or a program's own. */
const skippedFolders = /(^|\/)(\.git|node_modules)(\/|$)/;

/**
 * The files below a folder whose name is wanted, by their paths in the workspace. Symbolic links are left out: what they
 * lead to is not written through them.
 *
 * @throws StepError when the folder itself is reached by a symbolic link
 */
export async function readFilesBelow(
  workspace: string,
  folder: string,
  isWanted: (name: string) => boolean,
): Promise<Files> {
  const root = await realpath(workspace);
  if ((await realpath(join(workspace, folder)).catch(() => undefined)) !== join(root, folder)) {
    throw new StepError(`${folder || 'the workspace'} is no folder, or is reached by a symbolic link`, {
      hint: 'Name the folder that really holds the files.',
    });
  }
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && isWanted(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !skippedFolders.test(path))
    .sort();
  return new Map(await Promise.all(paths.map(async (path) => [path, await readOne(join(root, path))] as const)));
}

/** Writes what an edit has changed; a file that is gone meanwhile, or has become a link, is an error and not written. */
export async function writeChanges(workspace: string, changes: Changes): Promise<void> {
  for (const [path, file] of changes) {
    const place = join(workspace, path);
    const state = await lstat(place).catch(() => undefined);
    if (state !== undefined && !state.isFile()) throw new StepError(`${path} is no file, so it is not written to`);
    if (file !== undefined) await writeFile(place, file.bytes);
  }
}

async function readOne(place: string): Promise<RepositoryFile> {
  const [state, bytes] = await Promise.all([lstat(place), readFile(place)]);
  return { bytes, executable: (state.mode & 0o100) !== 0 };
}
