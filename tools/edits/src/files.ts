import { createHash } from 'node:crypto';
import { InputError, StepError } from '@luban-ci/core';

/** A file as git keeps it. */
export interface RepositoryFile {
  bytes: Uint8Array;
  executable: boolean;
}

/** Files by path from the root of the repository, `/` between segments. What is not there does not exist. */
export type Files = ReadonlyMap<string, RepositoryFile>;

/** What an edit wants written; `undefined` deletes. Holds only files that differ. */
export type Changes = ReadonlyMap<string, RepositoryFile | undefined>;

export function textFile(text: string, executable = false): RepositoryFile {
  return { bytes: new TextEncoder().encode(text), executable };
}

/**
 * The text of a file with its byte order mark, if it has one.
 *
 * @throws StepError when it is not UTF-8
 */
export function textOf(file: RepositoryFile, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(file.bytes);
  } catch (cause) {
    throw new StepError(`${path} is not UTF-8 text`, { cause });
  }
}

/** @throws InputError when there is no such file */
export function fileAt(files: Files, path: string): RepositoryFile {
  const file = files.get(path);
  if (file !== undefined) return file;
  throw new InputError(`there is no file ${path}`, [{ field: 'path', expected: 'expected a file of the repository' }]);
}

/** What one new text of a file comes to. */
export function changesOfText(files: Files, path: string, after: string): Map<string, RepositoryFile> {
  const before = fileAt(files, path);
  return new Map(textOf(before, path) === after ? [] : [[path, textFile(after, before.executable)]]);
}

/** The files as they are after the changes. */
export function withChanges(files: Files, changes: Changes): Files {
  const after = new Map(files);
  for (const [path, file] of changes) {
    if (file === undefined) after.delete(path);
    else after.set(path, file);
  }
  return after;
}

export function sameFile(left: RepositoryFile | undefined, right: RepositoryFile | undefined): boolean {
  if (left === undefined || right === undefined) return left === right;
  return left.executable === right.executable && Buffer.compare(left.bytes, right.bytes) === 0;
}

/** The id git gives these bytes: of the header `blob <length>` with a zero byte, and the bytes. */
export function blobIdOf(bytes: Uint8Array, algorithm: 'sha1' | 'sha256' = 'sha1'): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
