import { glob, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { bundles, makeBundle } from '@luban-ci/bundle';
import type { TestProject } from 'vitest/node';
import { repositoryRoot } from '../repository-folders.ts';
import { compiledCommand, lubanProgram } from './luban-process.ts';

/** Before the first test, and before each time that a watcher repeats some: `luban` is built, where a source is newer. */
export async function setup(project: TestProject): Promise<void> {
  await bringUpToDate();
  project.onTestsRerun(bringUpToDate);
}

async function bringUpToDate(): Promise<void> {
  const begun = new Date();
  const built = await changedAt(lubanProgram).catch(() => 0);
  if ((await newestSource()) < built) return;
  const changed = await makeBundle(repositoryRoot, bundles.command);
  if (changed.length > 0) await rm(compiledCommand, { recursive: true, force: true });
  await utimes(lubanProgram, begun, begun);
}

/** A file that is gone leaves its folder changed. */
async function newestSource(): Promise<number> {
  const patterns = ['tools/*/src/**', 'tools/*/package.json', 'package-lock.json'];
  const files = await Array.fromAsync(glob(patterns, { cwd: repositoryRoot }));
  return Math.max(...(await Promise.all(files.map((file) => changedAt(join(repositoryRoot, file))))));
}

async function changedAt(file: string): Promise<number> {
  return (await stat(file)).mtimeMs;
}
