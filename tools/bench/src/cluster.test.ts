import { expect, test } from 'vitest';
import { clusterTurns } from './cluster.ts';

const names = { bare: 'a pod', step: 'a step in a pod' };

/** Answers as the program below e2e would. */
function answering(answers: Record<string, object>) {
  const asked: string[] = [];
  const start = async (_program: string, [, , what = '']: readonly string[]) => {
    asked.push(what);
    return `${JSON.stringify(answers[what])}\n`;
  };
  return { asked, place: { root: '/luban', start } };
}

test('where no cluster runs, every turn is named with the reason, and nothing is taken away', async () => {
  const { asked, place } = answering({ prepare: { missing: 'wants a cluster' } });

  await using turns = await clusterTurns(place, 'pod', names);
  await turns[Symbol.asyncDispose]();

  expect(turns.contenders).toEqual([]);
  expect(turns.missing).toEqual([
    { name: 'a pod', missing: 'wants a cluster' },
    { name: 'a step in a pod', missing: 'wants a cluster' },
  ]);
  expect(asked).toEqual(['prepare']);
});

test('a turn takes what the cluster says it took, and at the end everything is taken away', async () => {
  const { asked, place } = answering({ prepare: {}, step: { milliseconds: 6500.5 }, remove: {} });

  const turns = await clusterTurns(place, 'pod', names);
  const took = await turns.contenders[1]?.timed();
  await turns[Symbol.asyncDispose]();

  expect([turns.contenders.map(({ name }) => name), turns.missing]).toEqual([['a pod', 'a step in a pod'], []]);
  expect(took).toBe(6500.5);
  expect(asked).toEqual(['prepare', 'step', 'remove']);
});

test('an answer without a time is an error, not a sample', async () => {
  const { place } = answering({ prepare: {}, bare: { missing: 'wants a cluster' } });

  const turns = await clusterTurns(place, 'pod', names);

  await expect(turns.contenders[0]?.timed()).rejects.toThrow('milliseconds');
});
