import { lstat, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type ImageFile, places } from './image-file.ts';

/** Never part of an image: history, virtual environments, byte code, and what only development needs. */
const leftOut = new Set([
  '.git',
  '.venv',
  'venv',
  '__pycache__',
  '.pytest_cache',
  '.ruff_cache',
  '.mypy_cache',
  'node_modules',
]);

/** The application's files, as committed. Symbolic links are not followed and not copied. */
export async function sourceFiles(folder: string): Promise<ImageFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((path) => !path.split('/').some((part) => leftOut.has(part)));
  return Promise.all(
    paths.map(async (path) => ({
      path: `${places.source}/${path}`,
      content: await readFile(join(folder, path)),
      isExecutable: ((await lstat(join(folder, path))).mode & 0o100) !== 0,
    })),
  );
}
