import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { schemaDefinitions } from './definitions.ts';
import { printTypes } from './print-types.ts';

it('has the types that belong to the schema', async () => {
  const committed = await readFile(new URL('types.generated.ts', import.meta.url), 'utf8');

  expect(committed).toBe(printTypes(schemaDefinitions));
});

it('leaves no struct open', () => {
  const open = Object.entries(schemaDefinitions).filter(([, node]) => node.additionalProperties !== false);

  expect(open.map(([name]) => name)).toEqual([]);
});
