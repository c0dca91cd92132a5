import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { StepError } from '@luban-ci/core';
import { run } from './run.ts';

interface Place {
  /** Programs in it are found by the tests. */
  bin: string;
  environment: Record<string, string>;
}

/**
 * Sees to it that `python<version>` starts: the machine's own, else one that uv brings, else one that pyenv keeps.
 *
 * @returns whether it does
 */
export async function providePython(version: string, place: Place): Promise<boolean> {
  const program = `python${version}`;
  // A shim of pyenv is there for every version, and starts only the ones that were chosen.
  if (await says(program, ['--version'], place)) return true;
  const brought = await says('uv', ['python', 'install', '--quiet', '--no-bin', version], place);
  const found =
    brought === undefined ? undefined : await says('uv', ['python', 'find', '--managed-python', version], place);
  const kept = found ?? (await pythonOfPyenv(version, place));
  if (kept === undefined) return false;
  await symlink(kept, join(place.bin, program));
  return true;
}

async function pythonOfPyenv(version: string, place: Place): Promise<string | undefined> {
  const prefix = await says('pyenv', ['prefix', version], place);
  return prefix === undefined ? undefined : join(prefix, 'bin', `python${version}`);
}

/** What a program printed; nothing where it is not there or failed. */
async function says(program: string, args: readonly string[], place: Place): Promise<string | undefined> {
  try {
    return (await run(program, args, { env: place.environment, timeoutSeconds: 300 })).trim();
  } catch (error) {
    if (error instanceof StepError) return undefined;
    throw error;
  }
}
