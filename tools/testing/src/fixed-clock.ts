import type { Clock } from '@luban-ci/core';

/** A clock that only moves when somebody sleeps on it, so that tests with back-off take no time. */
export interface FixedClock extends Clock {
  /** Milliseconds of every sleep, in order. */
  slept: number[];
}

export function fixedClock(start = '2026-01-02T03:04:05Z'): FixedClock {
  const slept: number[] = [];
  const total = (): number => slept.reduce((sum, each) => sum + each, 0);
  return {
    slept,
    now: () => new Date(Date.parse(start) + total()),
    sleep: async (milliseconds, signal) => {
      signal?.throwIfAborted();
      slept.push(milliseconds);
    },
  };
}
