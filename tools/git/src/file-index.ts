import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { type Log, messageOf } from '@luban-ci/core';
import { z } from 'zod';

/** Files of a commit with their contents, each content once. */
export interface FileIndex {
  commit: string;
  entries: readonly { path: string; id: string; mode: string }[];
  /** By blob id. */
  blobs: ReadonlyMap<string, Uint8Array>;
}

const newline = 0x0a;
const checksumLength = 64;

/** One file for each repository, branch and choice; the address itself is nobody's business. */
export function indexName(url: string, branch: string, choice: string): string {
  return `${sha256(JSON.stringify([url, branch, choice])).slice(0, 40)}.index`;
}

/** What was kept; `undefined` when there is nothing, or it is not whole: then it is read from the server again. */
export async function readIndex(path: string): Promise<FileIndex | undefined> {
  const bytes = await readFile(path).catch(() => undefined);
  if (bytes === undefined) return undefined;
  const body = bytes.subarray(checksumLength + 1);
  if (bytes.toString('latin1', 0, checksumLength) !== sha256(body)) return undefined;
  const lineEnd = body.indexOf(newline);
  const head = headOf(body.toString('utf8', 0, Math.max(0, lineEnd)));
  if (head === undefined) return undefined;
  const { commit, entries, blobs } = head;
  let at = lineEnd + 1;
  const contents = blobs.map(([id, length]): [string, Uint8Array] => {
    at += length;
    return [id, body.subarray(at - length, at)];
  });
  return {
    commit,
    entries: entries.map(([filePath, id, mode]) => ({ path: filePath, id, mode })),
    blobs: new Map(contents),
  };
}

/** Puts it in its place as a whole, so that nobody reads a part; where it cannot be written, that is said and no failure. */
export async function writeIndex(path: string, { commit, entries, blobs }: FileIndex, log: Log): Promise<void> {
  const head = JSON.stringify({
    version: 1,
    commit,
    entries: entries.map((each) => [each.path, each.id, each.mode]),
    blobs: [...blobs].map(([id, bytes]) => [id, bytes.length]),
  });
  const body = Buffer.concat([Buffer.from(`${head}\n`), ...blobs.values()]);
  const beside = `${path}.${randomUUID()}`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(beside, Buffer.concat([Buffer.from(`${sha256(body)}\n`), body]), { mode: 0o600 });
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true }).catch(() => {});
    log.warn(`what was read is not kept: ${messageOf(error)}`);
  }
}

/** The checksum says that it is whole; this says that it is of this version. */
function headOf(line: string) {
  const schema = z.object({
    version: z.literal(1),
    commit: z.string(),
    entries: z.array(z.tuple([z.string(), z.string(), z.string()])),
    blobs: z.array(z.tuple([z.string(), z.number().int().nonnegative()])),
  });
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
