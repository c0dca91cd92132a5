import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Readable, Writable } from 'node:stream';
import { StepError } from '@luban-ci/core';
import { endGroup } from './end-group.ts';

export interface StreamOptions {
  /** Absolute path. */
  cwd: string;
  /** The whole environment of the child. */
  env: Readonly<Record<string, string>>;
  signal?: AbortSignal;
  /** The signal ends all that the program has started, too: SIGTERM first, SIGKILL after these seconds. */
  endGroupAfterSeconds?: number;
}

/** A running program whose bytes pass through while it runs. */
export interface StreamedProgram {
  stdin: Writable;
  stdout: Readable;
  stderr: Readable;
  /** Resolves with the exit code, `undefined` when a signal ended it; rejects when it could not be started. */
  ended: Promise<number | undefined>;
}

/** Starts a program with an argument vector, never through a shell, for callers that stream bytes through it (CGI). */
export function streamProgram(program: string, args: readonly string[], options: StreamOptions): StreamedProgram {
  const { signal, endGroupAfterSeconds } = options;
  signal?.throwIfAborted();
  const group = signal !== undefined && endGroupAfterSeconds !== undefined;
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(group ? { detached: true } : signal === undefined ? {} : { signal }),
  });
  if (group) endGroup(child, signal, endGroupAfterSeconds);
  child.stdin.on('error', () => {}); // a program may end without having read its input (EPIPE)
  const ended = once(child, 'close').then(
    ([code]) => (typeof code === 'number' ? code : undefined),
    (cause: unknown) => {
      throw new StepError(`${program} could not be run`, { cause, hint: `See that ${program} is installed.` });
    },
  );
  ended.catch(() => {}); // whoever awaits it gets the error; nobody has to
  return { stdin: child.stdin, stdout: child.stdout, stderr: child.stderr, ended };
}

export interface DetachedOptions {
  cwd: string;
  env: Readonly<Record<string, string>>;
  /** Open file descriptor that takes standard output and standard error. */
  output: number;
}

/** Starts a program that outlives this process, and answers its process id. */
export async function startDetached(
  program: string,
  args: readonly string[],
  options: DetachedOptions,
): Promise<number> {
  const child = spawn(program, args, {
    cwd: options.cwd,
    env: { ...options.env },
    detached: true,
    stdio: ['ignore', options.output, options.output],
  });
  await once(child, 'spawn').catch((cause: unknown) => {
    throw new StepError(`${program} could not be started`, { cause, hint: `See that ${program} is installed.` });
  });
  child.unref();
  return child.pid ?? 0;
}
