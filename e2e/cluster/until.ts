import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, StepError } from '@luban-ci/core';

/**
 * Asks again until the answer is no error.
 *
 * @throws StepError with the last error when the time is over
 */
export async function until<T>(what: string, seconds: number, ask: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + seconds * 1000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > deadline) {
        throw new StepError(`${what}: not after ${seconds} s: ${messageOf(error)}`, { cause: error });
      }
      await sleep(100);
    }
  }
}
