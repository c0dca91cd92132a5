import type { Clock } from './clock.ts';
import { RetryableError } from './errors.ts';

/** How long, and how, a call to another machine is repeated. */
export interface Patience {
  clock: Clock;
  /** Between 0 and 1, for jitter. Default `Math.random`. */
  random?: (() => number) | undefined;
  /** Calls in all, the first included. Default 4. */
  attempts?: number | undefined;
  /** Seconds of waiting in all; a longer wait is not begun. Default 60. */
  budgetSeconds?: number | undefined;
  signal?: AbortSignal | undefined;
  /** Told before each wait. */
  onWait?: ((error: RetryableError, seconds: number) => void) | undefined;
}

const firstWaitSeconds = 0.5;

/**
 * Repeats a call for as long as it throws RetryableError. Waits grow twofold with jitter; where the other side said how
 * long to wait, that is waited instead.
 *
 * @throws the last RetryableError when attempts or budget are used up; any other error at once
 */
export async function withPatience<T>(call: () => Promise<T>, patience: Patience): Promise<T> {
  const { attempts = 4, budgetSeconds = 60, random = Math.random } = patience;
  let waited = 0;
  for (let attempt = 1; ; attempt += 1) {
    patience.signal?.throwIfAborted();
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof RetryableError) || attempt >= attempts) throw error;
      const seconds = error.retryAfterSeconds ?? firstWaitSeconds * 2 ** (attempt - 1) * (0.5 + random() / 2);
      if (waited + seconds > budgetSeconds) throw error;
      waited += seconds;
      patience.onWait?.(error, seconds);
      await patience.clock.sleep(seconds * 1000, patience.signal);
    }
  }
}
