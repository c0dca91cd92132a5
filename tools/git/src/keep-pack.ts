import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Pack } from './conversation.ts';
import type { WorkRepository } from './work-repository.ts';

/** Puts what came in a conversation into a repository, with which histories are cut where. */
export async function keepPack(repository: WorkRepository, { bytes, shallow, unshallow }: Pack): Promise<void> {
  if (shallow.length + unshallow.length > 0) {
    const before = await shallowCommits(repository);
    const after = new Set([...before.filter((id) => !unshallow.includes(id)), ...shallow]);
    await rm(shallowFile(repository), { force: true }); // a file without lines would mean that something is cut
    if (after.size > 0) await writeFile(shallowFile(repository), [...after].map((id) => `${id}\n`).join(''));
  }
  repository.keep(bytes);
}

/** Commits that are here without their parents. */
export async function shallowCommits(repository: WorkRepository): Promise<string[]> {
  const text = await readFile(shallowFile(repository), 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}

function shallowFile({ folder }: WorkRepository): string {
  return join(folder, 'shallow');
}
