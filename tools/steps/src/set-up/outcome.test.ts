import { expect, test } from 'vitest';
import { memberOfAny } from './group-names.ts';
import { type Outcome, setUpResult } from './outcome.ts';

const outcome = (name: string, what: Outcome['outcome']): Outcome =>
  ({ name, outcome: what, diff: what === 'unchanged' ? '' : `${name}\n` }) as Outcome;

test('what was done is counted, and what would be is told the same way', () => {
  const outcomes = [outcome('A', 'created'), outcome('B', 'unchanged'), outcome('C', 'updated')];

  const done = setUpResult('snd-payment', outcomes, false, {});
  const planned = setUpResult('snd-payment', outcomes, true, {});

  expect(done).toEqual({
    changed: true,
    outputs: { changedObjects: ['created A', 'updated C'], leftObjects: [] },
    summary: 'snd-payment has 1 created, 1 updated',
    diff: 'A\nC\n',
  });
  expect(planned).toEqual({ ...done, changed: false, summary: 'snd-payment would have 1 created, 1 updated' });
});

test('what somebody else made is told', () => {
  const { summary, outputs } = setUpResult('snd-payment', [outcome('A', 'foreign')], false, {});

  expect(summary).toBe('snd-payment is as it should be; 1 that somebody else made stays');
  expect(outputs.leftObjects).toEqual(['A']);
});

test('upstream-S6: a group cannot break out of the rule it stands in', () => {
  expect(memberOfAny(["o'brien's", 'CORP\\dev'])).toBe('"o\'brien\'s" in groups || "CORP\\\\dev" in groups');
});
