import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type ProgramResult, plainEnvironment, runProgram } from '@luban-ci/process';
import { repositoryRoot } from '../repository-folders.ts';

export interface LubanProcess {
  args: readonly string[];
  /** Absolute. */
  cwd: string;
  /** On top of a plain environment. */
  env?: Readonly<Record<string, string>>;
  /** Its standard input. */
  input?: string;
}

/** The command as it ships: built by `built-command.ts`, before the first test. */
export const lubanProgram = join(repositoryRoot, 'tools/gitops-utils/build/luban.mjs');

/** What V8 has compiled of it, kept from one run of the tests to the next. */
export const compiledCommand = join(repositoryRoot, 'node_modules/.cache/luban');

/** It starts in a fifth of the time that the sources would take, and tests start it thousands of times. */
export const lubanCommand = {
  program: process.execPath,
  args: [lubanProgram],
  env: { NODE_COMPILE_CACHE: compiledCommand },
};

/** Runs the command line as a process of its own. */
export function luban({ args, cwd, env = {}, input = '' }: LubanProcess): Promise<ProgramResult> {
  return runProgram(lubanCommand.program, [...lubanCommand.args, ...args], {
    cwd,
    env: environmentOf(cwd, env),
    input,
  });
}

/** A command line that goes on while the test looks at it, ended with the test's scope. */
export interface RunningLuban extends AsyncDisposable {
  pid: number;
  /** Everything it said so far, on both streams. */
  said(): string;
  kill(signal: NodeJS.Signals): void;
  /** Resolves as soon as it has said this. */
  until(what: RegExp): Promise<void>;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
}

export function startLuban({ args, cwd, env = {} }: LubanProcess): RunningLuban {
  const child = spawn(lubanCommand.program, [...lubanCommand.args, ...args], { cwd, env: environmentOf(cwd, env) });
  const chunks: string[] = [];
  const said = (): string => chunks.join('');
  const ended = once(child, 'close').then(([code]) => (typeof code === 'number' ? code : null));
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => chunks.push(text));
  return {
    ...{ said, ended, pid: child.pid ?? 0 },
    kill: (signal) => child.kill(signal),
    until: (what) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (what.test(said())) resolve();
        };
        for (const stream of [child.stdout, child.stderr]) stream.on('data', look);
        child.once('close', () => reject(new Error(`it ended without saying ${what}:\n${said()}`)));
        look();
      }),
    [Symbol.asyncDispose]: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function environmentOf(cwd: string, env: Readonly<Record<string, string>>): Record<string, string> {
  return { ...plainEnvironment(), HOME: cwd, TMPDIR: cwd, ...lubanCommand.env, ...env };
}
