import { createHash } from 'node:crypto';
import { readFile, realpath } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { messageOf, RetryableError, StepError } from '@luban-ci/core';
import type { ChosenWheel } from './choose-wheel.ts';

export interface WheelFetching {
  /** Absolute path of the folder that holds `uv.lock`. */
  folder: string;
  fetch: typeof fetch;
  signal: AbortSignal;
}

/** The bytes of a wheel, with the hash that the lock file says. */
export async function fetchWheel(wheel: ChosenWheel, from: WheelFetching): Promise<Uint8Array> {
  const bytes =
    'url' in wheel.location
      ? await download(wheel, wheel.location.url, from)
      : await readLocal(wheel, wheel.location.path, from.folder);
  const hash = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (hash === wheel.hash) return bytes;
  throw new StepError(`${wheel.file} is not what uv.lock was made with: its hash is ${hash}, expected ${wheel.hash}`, {
    hint: 'Nothing of it was used. Find out who changed it before you lock again.',
  });
}

async function download(wheel: ChosenWheel, url: string, { fetch, signal }: WheelFetching): Promise<Uint8Array> {
  const response = await fetch(url, { signal }).catch((cause) => {
    signal.throwIfAborted();
    throw new RetryableError(`${wheel.file} cannot be downloaded: ${messageOf(cause)}`, { cause });
  });
  if (response.status === 429 || response.status >= 500) {
    throw new RetryableError(`The package index answered ${response.status} for ${wheel.file}`);
  }
  if (!response.ok) throw new StepError(`The package index answered ${response.status} for ${wheel.file}`);
  return response.bytes().catch((cause) => {
    throw new RetryableError(`The download of ${wheel.file} broke off`, { cause });
  });
}

async function readLocal(wheel: ChosenWheel, path: string, folder: string): Promise<Uint8Array> {
  const found = await realpath(join(folder, path)).catch((cause) => {
    throw new StepError(`${path} of uv.lock is not in the repository`, { cause });
  });
  if (relative(await realpath(folder), found).startsWith('..')) {
    throw new StepError(`${wheel.file} lies outside the application's folder, at ${path}`);
  }
  return readFile(found);
}
