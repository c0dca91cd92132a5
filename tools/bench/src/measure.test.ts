import { expect, test } from 'vitest';
import { alternately, quantile } from './measure.ts';

test('contenders take turns, and the warm-up does not count', async () => {
  const turns: string[] = [];
  const contender = (name: string) => ({ name, run: () => turns.push(name) });

  const samples = await alternately([contender('a'), contender('b')], { rounds: 2, warmUp: 1 });

  expect(turns).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(samples.map(({ name, milliseconds }) => [name, milliseconds.length])).toEqual([
    ['a', 2],
    ['b', 2],
  ]);
});

test('one that times itself takes its turn as everybody, and what it says counts', async () => {
  const turns: string[] = [];
  const timed = async () => turns.push('b') * 1000;

  const contenders = [
    { name: 'a', run: () => turns.push('a') },
    { name: 'b', timed },
  ];
  const samples = await alternately(contenders, { rounds: 2, warmUp: 1 });

  expect(turns).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  expect(samples[1]).toEqual({ name: 'b', milliseconds: [4000, 6000] });
});

test('a quantile is a value that was measured, whatever the order', () => {
  const values = [5, 1, 4, 2, 3];

  expect([0, 0.5, 0.9].map((part) => quantile(values, part))).toEqual([1, 3, 5]);
  expect(quantile([], 0.5)).toBeNaN();
});
