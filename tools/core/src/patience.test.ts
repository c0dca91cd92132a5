import { fixedClock } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { RetryableError, StepError } from './errors.ts';
import { withPatience } from './patience.ts';

describe('patience', () => {
  test('repeats what may succeed later, with growing waits, and answers the first success', async () => {
    const clock = fixedClock();
    const outcomes = ['no', 'no', 'yes'];

    const answer = await withPatience(
      async () => {
        const next = outcomes.shift();
        if (next === 'no') throw new RetryableError('not yet');
        return next;
      },
      { clock, random: () => 0 },
    );

    expect(answer).toBe('yes');
    expect(clock.slept).toEqual([250, 500]);
  });

  test('does not repeat what has failed for good', async () => {
    const clock = fixedClock();
    const call = async (): Promise<never> => {
      throw new StepError('never');
    };

    await expect(withPatience(call, { clock })).rejects.toThrow('never');
    expect(clock.slept).toEqual([]);
  });

  test('ends when its budget would be passed', async () => {
    const clock = fixedClock();
    const call = async (): Promise<never> => {
      throw new RetryableError('busy', { retryAfterSeconds: 40 });
    };

    await expect(withPatience(call, { clock, budgetSeconds: 100 })).rejects.toThrow('busy');
    expect(clock.slept).toEqual([40_000, 40_000]);
  });
});
