import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import type { Comparators } from './comparators.ts';

/** What a benchmark works with. */
export interface BenchPlace {
  /** The repository's root. */
  root: string;
  /** The bundled command. */
  luban: string;
  /** An empty folder that is gone afterwards. */
  folder: string;
  comparators: Comparators;
  /** Starts a program with the plain environment. @throws Error when it fails and may not */
  start(program: string, args: readonly string[], options?: StartOptions): Promise<string>;
}

export interface StartOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Exit codes that are fine; 0 by default. */
  accepts?: readonly number[];
  /** 120 by default. */
  timeoutSeconds?: number;
}

/** Hands out an empty folder and takes it away afterwards. */
export async function withPlace<Answer>(
  given: Pick<BenchPlace, 'root' | 'luban' | 'comparators'>,
  work: (place: BenchPlace) => Promise<Answer>,
): Promise<Answer> {
  const folder = await mkdtemp(join(tmpdir(), 'luban-bench-'));
  const start: BenchPlace['start'] = async (program, args, options = {}) => {
    const env = { ...plainEnvironment(), ...options.env };
    const { cwd = folder, timeoutSeconds = 120 } = options;
    const ended = await runProgram(program, args, { cwd, env, timeoutSeconds });
    if ((options.accepts ?? [0]).includes(ended.exitCode)) return ended.stdout;
    throw new Error(`${program} ${args.join(' ')} ended with ${ended.exitCode}: ${ended.stderr || ended.stdout}`);
  };
  try {
    return await work({ ...given, folder, start });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
