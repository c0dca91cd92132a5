import type { Clock } from '@luban-ci/core';

/**
 * A clock for whole workflows: it goes with the real one, but nobody waits on it. Who sleeps moves it on instead, so that
 * back-off takes no time and what happens later still has a later time.
 */
export interface HurriedClock extends Clock {
  /** Milliseconds of every sleep, in order. */
  slept: number[];
  /** Lets time go by. */
  advance(milliseconds: number): void;
}

export function hurriedClock(): HurriedClock {
  const slept: number[] = [];
  const ahead = { milliseconds: 0 };
  const advance = (milliseconds: number): void => {
    ahead.milliseconds += milliseconds;
  };
  return {
    slept,
    advance,
    now: () => new Date(Date.now() + ahead.milliseconds),
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      slept.push(milliseconds);
      advance(milliseconds);
    },
  };
}
