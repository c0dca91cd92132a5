import { resolve } from 'node:path';
import { type Clock, StepError, systemClock } from '@luban-ci/core';
import { readState, removeState, runningState } from './state-file.ts';

export interface PlaygroundDownResult {
  /** False when nothing was running. */
  changed: boolean;
}

const pollMilliseconds = 50;
const timeoutSeconds = 15;

/** Asks the playground of a folder to stop and waits until it has. Its data stays. @throws StepError when it does not stop */
export async function playgroundDown(options: { folder: string; clock?: Clock }): Promise<PlaygroundDownResult> {
  const folder = resolve(options.folder);
  const clock = options.clock ?? systemClock;
  const state = await runningState(folder);
  if (state === undefined) {
    const stale = await readState(folder);
    if (stale !== undefined) await removeState(folder, stale.instance);
    return { changed: false };
  }
  const headers = { authorization: `token ${state.token}` };
  await fetch(`${state.url}/-/stop`, { method: 'POST', headers, signal: AbortSignal.timeout(5000) });
  const deadline = clock.now().getTime() + timeoutSeconds * 1000;
  while (isAlive(state.pid) && clock.now().getTime() < deadline) await clock.sleep(pollMilliseconds);
  if (isAlive(state.pid)) {
    throw new StepError(`The playground did not stop within ${timeoutSeconds} s`, {
      hint: `Its process is ${state.pid}.`,
    });
  }
  return { changed: true };
}

/** Only asked right after the server has said who it is, so that the number is surely its own. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
