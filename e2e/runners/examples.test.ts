import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { exampleOf, namesIn } from './runner-place.ts';

test.each([
  ['github/every-action.yml', /uses: \.\/actions\/(\S+)/g, 'actions' as const],
  ['gitlab/every-component.yml', /component: \S+\/([a-z-]+)@/g, 'templates' as const],
])('%s uses all that there is', async (example, use, folder) => {
  const text = await readFile(exampleOf(example), 'utf8');

  const used = [...text.matchAll(use)].map(([, name]) => name ?? '');

  expect([...new Set(used)].sort()).toEqual(await namesIn(folder));
});
