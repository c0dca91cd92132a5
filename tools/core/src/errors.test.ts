import { expect, test } from 'vitest';
import { exitCodeOf, hintOf, InputError, messageOf, RetryableError, StepError } from './errors.ts';

test.each([
  [new InputError('bad'), 2],
  [new StepError('failed'), 1],
  [new RetryableError('away'), 75],
  [new TypeError('a defect'), 1],
  ['thrown text', 1],
])('%s ends with exit code %i', (error, code) => {
  expect(exitCodeOf(error)).toBe(code);
});

test('the sentence, the hint and the cause are kept', () => {
  const cause = new Error('below');
  const failure = new StepError('above', { hint: 'Do this.', cause });

  expect([messageOf(failure), hintOf(failure), failure.cause]).toEqual(['above', 'Do this.', cause]);
  expect([messageOf('text'), hintOf(cause)]).toEqual(['text', undefined]);
});
