import { z } from 'zod';
import { lazySchema } from './lazy-schema.ts';

/**
 * Whether a path names a file inside the repository and outside its `.git`: relative, `/` between segments, no `.`
 * or `..`, no control characters. `.git` is refused in any letter case, as git itself does.
 */
export function isRepositoryPath(path: string): boolean {
  const segments = path.split('/');
  const isBad = (segment: string): boolean => segment === '' || /^(\.{1,2}|\.git[ .]*|git~1)$/i.test(segment);
  return !/[^ -[\]-~\u{a0}-\u{10ffff}]/u.test(path) && path.length <= 4096 && !segments.some(isBad);
}

/** The folder that a file is in; the empty string is the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export const RepositoryPath = lazySchema(() =>
  z
    .string()
    .refine(isRepositoryPath, 'expected a relative path inside the repository, without `..` and outside `.git`'),
);

/** A folder; the empty string and `.` are the root. */
export const RepositoryFolder = lazySchema(() =>
  z
    .string()
    .transform((folder) => folder.replace(/^\.\/|\/+$/g, '').replace(/^\.$/, ''))
    .refine(
      (folder) => folder === '' || isRepositoryPath(folder),
      'expected a relative folder inside the repository, without `..` and outside `.git`',
    ),
);
