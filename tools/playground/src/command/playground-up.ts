import { mkdir, open, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Clock, RetryableError, StepError, systemClock } from '@luban-ci/core';
import { startDetached } from '@luban-ci/process';
import { type PlaygroundAddresses, runningState } from './state-file.ts';

export interface PlaygroundUpOptions {
  /** Keeps everything, for example `.luban/playground` made absolute. */
  folder: string;
  /** What the detached process runs; it has to call `servePlayground({ folder, signal })`. */
  reenter: { program: string; args: readonly string[] };
  /** The whole environment of the detached process. */
  env: Readonly<Record<string, string>>;
  clock?: Clock;
  /** Until it answers. Default 20. */
  timeoutSeconds?: number;
}

export interface PlaygroundUpResult extends PlaygroundAddresses {
  /** False when it was running already. */
  changed: boolean;
}

const pollMilliseconds = 50;
/** A lock older than this belongs to a process that was killed. */
const staleLockMilliseconds = 60_000;

/**
 * Starts the playground as a process of its own, or finds the one that runs.
 *
 * @throws StepError when it does not come up, naming its log; RetryableError when somebody else is just starting it
 */
export async function playgroundUp(options: PlaygroundUpOptions): Promise<PlaygroundUpResult> {
  const folder = resolve(options.folder);
  await mkdir(folder, { recursive: true });
  const running = await runningState(folder);
  if (running !== undefined) return { ...addressesOf(running), changed: false };
  await using _lock = await takeLock(folder);
  const meanwhile = await runningState(folder);
  if (meanwhile !== undefined) return { ...addressesOf(meanwhile), changed: false };
  const logFile = join(folder, 'playground.log');
  const output = await open(logFile, 'a', 0o600);
  try {
    const { program, args } = options.reenter;
    await startDetached(program, args, { cwd: folder, env: options.env, output: output.fd });
  } finally {
    await output.close();
  }
  return { ...(await waitUntilUp(folder, logFile, options)), changed: true };
}

/** What may be told; the instance is between us and the server. */
export function addressesOf(state: PlaygroundAddresses): PlaygroundAddresses {
  const { pid, url, registry, user, token, kubeconfig, startedAt } = state;
  return { pid, url, registry, user, token, kubeconfig, startedAt };
}

async function waitUntilUp(
  folder: string,
  logFile: string,
  options: PlaygroundUpOptions,
): Promise<PlaygroundAddresses> {
  const clock = options.clock ?? systemClock;
  const timeoutSeconds = options.timeoutSeconds ?? 20;
  const deadline = clock.now().getTime() + timeoutSeconds * 1000;
  while (clock.now().getTime() < deadline) {
    const state = await runningState(folder);
    if (state !== undefined) return addressesOf(state);
    await clock.sleep(pollMilliseconds);
  }
  throw new StepError(`The playground did not come up within ${timeoutSeconds} s`, { hint: `Its log is ${logFile}.` });
}

async function takeLock(folder: string): Promise<AsyncDisposable> {
  const path = join(folder, 'starting.lock');
  const age = await stat(path).then(
    ({ mtimeMs }) => Date.now() - mtimeMs,
    () => 0,
  );
  if (age > staleLockMilliseconds) await rm(path, { force: true });
  try {
    await (await open(path, 'wx')).close();
  } catch (cause) {
    throw new RetryableError('Somebody else is just starting this playground', { cause, retryAfterSeconds: 2 });
  }
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}
