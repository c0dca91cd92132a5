import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { StepError } from '@luban-ci/core';
import { $, type ProcessOutput, type ProcessPromise } from 'zx/core';
import { endGroup } from './end-group.ts';

export interface ProgramOptions {
  /** Absolute path. */
  cwd: string;
  /** The whole environment of the child; nothing is inherited unless it is given here. */
  env: Readonly<Record<string, string>>;
  /** Bytes for its standard input; without it standard input is empty. */
  input?: string | Uint8Array;
  /** The program is ended with SIGTERM after this time. */
  timeoutSeconds?: number;
  signal?: AbortSignal;
  /** A program that a signal ended has exit code 128 + its number, as shells and Kubernetes report it, and is no error. */
  signalAsExitCode?: boolean;
  /** An early end reaches all that the program has started, too: SIGTERM first, SIGKILL after these seconds. */
  endGroupAfterSeconds?: number;
  /** Called with each chunk as it arrives, for progress. */
  onOutput?: (chunk: string, stream: 'stdout' | 'stderr') => void;
  /** Called with each piece of standard output as it is, for output that is not text. */
  onBytes?: (chunk: Uint8Array) => void;
}

export interface ProgramResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * Starts a program with an argument vector, never through a shell, and waits for its end. A non-zero exit is a result,
 * not an error.
 *
 * @throws StepError when the program is missing or did not end in time; the signal's reason when it was aborted
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): Promise<ProgramResult> {
  options.signal?.throwIfAborted();
  const deadline = options.timeoutSeconds === undefined ? [] : [AbortSignal.timeout(options.timeoutSeconds * 1000)];
  const stop = AbortSignal.any([...deadline, ...(options.signal === undefined ? [] : [options.signal])]);
  const child = $({
    cwd: options.cwd,
    env: options.env,
    input: Buffer.from(options.input ?? ''),
    nothrow: true,
    quiet: true,
    shell: true,
    spawn: withoutShell(program, args, stop, options.endGroupAfterSeconds),
  })`${program}`;
  if (options.onOutput !== undefined) forward(child, options.onOutput);
  if (options.onBytes !== undefined) child.stdout.on('data', options.onBytes);
  const ended = await child;
  options.signal?.throwIfAborted();
  if (stop.aborted) throw new StepError(`${program} did not end within ${options.timeoutSeconds} s`);
  if (isMissing(ended)) throw missingProgram(program);
  const killedBy = ended.signal === null ? undefined : constants.signals[ended.signal];
  if (options.signalAsExitCode === true && killedBy !== undefined) {
    return { exitCode: 128 + killedBy, stdout: ended.stdout, stderr: ended.stderr };
  }
  if (ended.exitCode === null) throw new StepError(`${program} was ended by ${ended.signal ?? 'the system'}`);
  return { exitCode: ended.exitCode, stdout: ended.stdout, stderr: ended.stderr };
}

/** zx composes a line for a shell; a `spawn` of our own keeps its care for streams, and leaves the shell out. */
function withoutShell(
  program: string,
  args: readonly string[],
  stop: AbortSignal,
  endGroupAfterSeconds: number | undefined,
): typeof spawn {
  const spawnVector = (_line: string, _shellArgs: readonly string[], options: SpawnOptions): ChildProcess => {
    const group = endGroupAfterSeconds !== undefined;
    const ending = group ? { detached: true } : ({ signal: stop, killSignal: 'SIGTERM' } as const);
    const child = spawn(program, args, { ...options, shell: false, ...ending });
    if (group) endGroup(child, stop, endGroupAfterSeconds);
    child.stdin?.on('error', () => {}); // a program may end without having read its input (EPIPE)
    return child;
  };
  return spawnVector as typeof spawn;
}

function forward(child: ProcessPromise, onOutput: NonNullable<ProgramOptions['onOutput']>): void {
  child.stdout.on('data', (chunk: Buffer) => onOutput(chunk.toString(), 'stdout'));
  child.stderr.on('data', (chunk: Buffer) => onOutput(chunk.toString(), 'stderr'));
}

function isMissing(ended: ProcessOutput): boolean {
  return ended.exitCode === -constants.errno.ENOENT;
}

function missingProgram(program: string): StepError {
  return new StepError(`${program} is not installed`, { hint: `Install ${program} and see that it is in PATH.` });
}
