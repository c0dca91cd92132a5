import { StepError } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';

export interface RunOptions {
  cwd?: string;
  input?: string;
  /** In place of what is passed on by itself, which holds nothing of the person's own. */
  env?: Readonly<Record<string, string>>;
  timeoutSeconds?: number;
}

/**
 * Runs a program to its end.
 *
 * @returns what it printed
 * @throws StepError with the last lines it said, when it ends otherwise than with 0
 */
export async function run(program: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const { exitCode, stdout, stderr } = await runProgram(program, args, {
    cwd: options.cwd ?? '/',
    env: options.env ?? plainEnvironment(),
    timeoutSeconds: options.timeoutSeconds ?? 600,
    ...(options.input === undefined ? {} : { input: options.input }),
  });
  if (exitCode === 0) return stdout;
  const said = (stderr.trim() || stdout.trim()).split('\n').slice(-5).join('\n');
  throw new StepError(`${program} ${args.slice(0, 3).join(' ')} failed with ${exitCode}: ${said}`);
}
