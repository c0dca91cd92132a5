import { expect, test } from 'vitest';
import { medianNamed, resultTable } from './result.ts';

const samples = [
  { name: 'ours', milliseconds: [12, 10, 11] },
  { name: 'theirs', milliseconds: [4] },
];

test('the fastest stands first, what is missing says why, and a missed bar is called so', () => {
  const table = resultTable({
    id: 'B0',
    title: 'nothing at all',
    samples,
    missing: [{ name: 'another', missing: 'another is not installed' }],
    remarks: { ours: '1 line' },
    bars: [
      { what: 'ours', measured: 11, allowed: 80, unit: 'ms' },
      { what: 'lines', measured: 2, allowed: 1, unit: 'line' },
    ],
  });

  expect(table).toBe(
    [
      'B0  nothing at all',
      '           min ms  median   p90',
      '  theirs      4.0     4.0   4.0',
      '  ours       10.0    11.0  12.0  1 line',
      '  another       –       –     –  another is not installed',
      '  reached: ours: 11 ms (bar: 80 ms)',
      '  MISSED: lines: 2 line (bar: 1 line)',
      '',
    ].join('\n'),
  );
});

test('a bar about somebody who was not measured is an error', () => {
  expect(medianNamed(samples, 'ours')).toBe(11);
  expect(() => medianNamed(samples, 'nobody')).toThrow('nobody was not measured');
});
