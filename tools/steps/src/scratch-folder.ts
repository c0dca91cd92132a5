import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** A private folder for what a step needs only while it runs; gone when the scope ends. */
export async function scratchFolder(temporaryFolder: string): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(temporaryFolder, 'luban-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
