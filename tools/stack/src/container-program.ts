import { StepError } from '@luban-ci/core';
import { runProgram } from '@luban-ci/process';

/** Runs a program for a person: what it says is said, and it has the person's own environment. */
export type RunForPerson = (program: string, args: readonly string[]) => Promise<void>;

/** What builds images on this machine. */
export type ContainerProgram = 'docker' | 'podman' | 'buildah';

/**
 * @param works whether a program can be started with these arguments, and ends with 0
 * @throws StepError when there is none
 */
export async function containerProgram(
  what: string,
  works: (program: string, args: readonly string[]) => Promise<boolean>,
): Promise<ContainerProgram> {
  if (await works('docker', ['info'])) return 'docker';
  for (const program of ['podman', 'buildah'] as const) if (await works(program, ['--version'])) return program;
  throw new StepError(
    `No docker (with a running daemon), podman or buildah is on this machine: install one of them to ${what}.`,
  );
}

export function worksIn(cwd: string, env: Readonly<Record<string, string>>) {
  return async (program: string, args: readonly string[]): Promise<boolean> => {
    const ended = await runProgram(program, args, { cwd, env, timeoutSeconds: 60 }).catch(() => undefined);
    return ended?.exitCode === 0;
  };
}

export function runFor(cwd: string, env: Readonly<Record<string, string>>): RunForPerson {
  return async (program, args) => {
    const onOutput = (chunk: string): void => {
      process.stderr.write(chunk);
    };
    const { exitCode } = await runProgram(program, args, { cwd, env, onOutput });
    if (exitCode !== 0) throw new StepError(`${program} ${args[0]} ended with exit code ${exitCode}`);
  };
}
