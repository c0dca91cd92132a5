import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inOrder, type Prepared, prepare } from './prepare.ts';

const there = import.meta.filename;

test('two are made at a time, each after what it needs, in their order', async () => {
  const { told, making } = journal();

  await prepare([making('a', 20), making('b', 5), making('of-a', 1, ['a']), making('c', 1)], () => {});

  expect(told).toEqual(['+a', '+b', '-b', '+c', '-c', '-a', '+of-a', '-of-a']);
});

test('what is there is not made, and nobody waits for it', async () => {
  const { told, making } = journal();
  const said: string[] = [];

  await prepare([{ ...making('a', 1), file: there }, making('of-a', 1, ['a'])], (line) => said.push(line));

  expect(told).toEqual(['+of-a', '-of-a']);
  expect(said).toEqual(['building of-a (1 of 1, about 1 s to go)', expect.stringMatching(/^ {2}of-a took \d+ s$/)]);
});

test('when one fails, none is begun any more, and the other is waited for', async () => {
  const { told, making } = journal();
  const broken: Prepared = { ...making('broken', 1), make: () => Promise.reject(new Error('no compiler')) };

  await expect(prepare([making('a', 10), broken, making('b', 1)], () => {})).rejects.toThrow('no compiler');

  expect(told).toEqual(['+a', '-a']);
});

test('what is in order is made one after the other', async () => {
  const { told, making } = journal();

  await prepare(inOrder([making('a', 10), making('b', 1), making('c', 1)]), () => {});

  expect(told).toEqual(['+a', '-a', '+b', '-b', '+c', '-c']);
});

test('those that wait for each other are named', async () => {
  const { making } = journal();

  await expect(prepare([making('a', 1, ['b']), making('b', 1, ['a'])], () => {})).rejects.toThrow('a, b');
});

function journal() {
  const told: string[] = [];
  const making = (name: string, milliseconds: number, after: string[] = []): Prepared => ({
    name,
    file: `${there}-${name}`,
    seconds: 1,
    after,
    make: async () => {
      told.push(`+${name}`);
      await sleep(milliseconds);
      told.push(`-${name}`);
    },
  });
  return { told, making };
}
