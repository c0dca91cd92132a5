import { writeFile } from 'node:fs/promises';
import { fixedClock, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createIntentMemory } from './intent-memory.ts';

const url = 'https://git.example/payment/gitops.git';

test('what a server takes is remembered for a week', async () => {
  await using folder = await temporaryFolder();
  await createIntentMemory(folder.at('cache'), fixedClock('2026-01-02T00:00:00Z')).keep(url, 'branches');

  const recalled = ['2026-01-08T00:00:00Z', '2026-01-10T00:00:00Z'].map((time) =>
    createIntentMemory(folder.at('cache'), fixedClock(time)).recall(url),
  );

  expect(await Promise.all(recalled)).toEqual(['branches', undefined]);
});

test('a file that makes no sense, and a folder that cannot be written, are as if nothing were known', async () => {
  await using folder = await temporaryFolder();
  await writeFile(folder.at('intents.json'), 'not JSON');
  const memory = createIntentMemory(folder.path, fixedClock());
  const nowhere = createIntentMemory(folder.at('intents.json', 'below'), fixedClock());

  await nowhere.keep(url, 'none');

  expect([await memory.recall(url), await nowhere.recall(url)]).toEqual([undefined, undefined]);
});
