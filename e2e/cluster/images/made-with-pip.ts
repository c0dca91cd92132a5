import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../run.ts';
import { exists } from '../exists.ts';
import type { Workshop } from '../programs/build-program.ts';

/** Where a folder is made. */
export interface PipPlace {
  /** Everything in it that is not the folder is thrown away. */
  part: string;
  /** Programs of packages that were installed. */
  bin: string;
  pip: (args: readonly string[]) => Promise<unknown>;
}

/**
 * Makes a folder of what pip brings, from where the machine's own pip has it from, and keeps it.
 *
 * @param name what says what is in it: the same name is not made again
 * @param make @returns the folder, in `part`
 */
export async function madeWithPip(
  name: string,
  { cache, environment: env }: Workshop,
  make: (place: PipPlace) => Promise<string>,
): Promise<string> {
  const folder = join(cache, 'wheels', name);
  if (await exists(folder)) return folder;
  await mkdir(join(cache, 'wheels'), { recursive: true });
  const part = await mkdtemp(join(cache, 'wheels', 'part-'));
  try {
    const bin = join(part, 'python', 'bin');
    await run('python3', ['-m', 'venv', join(part, 'python')], { env });
    await rename(await make({ part, bin, pip: (args) => run(join(bin, 'pip'), args, { env }) }), folder);
    return folder;
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
