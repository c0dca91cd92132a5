import { expect, test, vi } from 'vitest';
import { type Prepared, prepare } from './prepare.ts';

const there = import.meta.filename;

test('two are made at a time, each after what it needs, in their order', async () => {
  const { told, making } = journal();

  await prepare([making('a', { until: '-c' }), making('b'), making('of-a', { after: ['a'] }), making('c')], () => {});

  expect(told).toEqual(['+a', '+b', '-b', '+c', '-c', '-a', '+of-a', '-of-a']);
});

test('what is there is not made, and nobody waits for it', async () => {
  const { told, making } = journal();
  const said: string[] = [];

  await prepare([{ ...making('a'), file: there }, making('of-a', { after: ['a'] })], (line) => said.push(line));

  expect(told).toEqual(['+of-a', '-of-a']);
  expect(said).toEqual(['building of-a (1 of 1, about 1 s to go)', expect.stringMatching(/^ {2}of-a took \d+ s$/)]);
});

test('when one fails, none is begun any more, and the other is waited for', async () => {
  const { told, making } = journal();
  const broken = making('broken');
  const make = (): Promise<never> => broken.make().then(() => Promise.reject(new Error('no compiler')));

  const preparing = prepare([making('a', { until: '-broken' }), { ...broken, make }, making('b')], () => {});

  await expect(preparing).rejects.toThrow('no compiler');
  expect(told).toEqual(['+a', '+broken', '-broken', '-a']);
});

test('of a lane one is made at a time, beside the others, and whoever has to wait lets the next one pass', async () => {
  const { told, making } = journal();
  const [first, second, third] = [
    making('first', { until: '+b' }),
    making('second', { after: ['b'] }),
    making('third'),
  ];

  const lane = [first, second, third].map((each) => ({ ...each, lane: 'images' }));
  await prepare([...lane, making('a', { until: '-third' }), making('b', { until: '-a' })], () => {});

  expect(told).toEqual(['+first', '+a', '+b', '-first', '+third', '-third', '-a', '-b', '+second', '-second']);
});

test('those that wait for each other are named', async () => {
  const { making } = journal();

  await expect(prepare([making('a', { after: ['b'] }), making('b', { after: ['a'] })], () => {})).rejects.toThrow(
    'a, b',
  );
});

/** Of what is made: when each begins (`+`) and ends (`-`), which may wait for an entry of another. */
function journal() {
  const told: string[] = [];
  const making = (name: string, { until = `+${name}`, after = [] as string[] } = {}): Prepared => ({
    name,
    file: `${there}-${name}`,
    seconds: 1,
    after,
    make: async () => {
      told.push(`+${name}`);
      await vi.waitUntil(() => told.includes(until));
      told.push(`-${name}`);
    },
  });
  return { told, making };
}
