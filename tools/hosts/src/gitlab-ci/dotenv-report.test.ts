import { expect, test } from 'vitest';
import { dotenvReport } from './dotenv-report.ts';

test('a report has every variable on a line of its own', () => {
  const report = dotenvReport({ LUBAN_OUTPUT_COMMIT: '3f78685', LUBAN_OUTPUT_REASON: 'first\nsecond' });

  expect(report).toEqual({
    text: 'LUBAN_OUTPUT_COMMIT=3f78685\nLUBAN_OUTPUT_REASON=first second\n',
    leftOut: [],
  });
});

test('a report that GitLab would refuse leaves out the longest, and no more than that', () => {
  const report = dotenvReport({ A: 'é'.repeat(2000), B: 'b'.repeat(3900), C: 'c'.repeat(800), D: 'd' });

  expect(report).toEqual({ text: `B=${'b'.repeat(3900)}\nC=${'c'.repeat(800)}\nD=d\n`, leftOut: ['A'] });
});

test.each([
  [5116, []],
  [5117, ['A']],
])('a file of 5,119 bytes is taken and one of 5,120 is not: %i', (length, leftOut) => {
  expect(dotenvReport({ A: 'a'.repeat(length) }).leftOut).toEqual(leftOut);
});
