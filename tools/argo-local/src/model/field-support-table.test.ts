import { readFile } from 'node:fs/promises';
import { schemaDefinitions } from '@luban-ci/argo-workflows-schema';
import { expect, it } from 'vitest';
import { fieldSupport } from './field-support.ts';
import { fieldSupportTable } from './field-support-table.ts';

it('is what the README says', async () => {
  const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');

  const printed = readme.split('<!-- fields -->\n')[1]?.split('\n<!-- /fields -->')[0];

  expect(printed).toBe(fieldSupportTable());
});

it('names only types and fields that Argo has, each once', () => {
  const strange = Object.entries(fieldSupport).flatMap(([type, { works, noEffect = [] }]) => {
    const fields = [...works, ...noEffect];
    const known = Object.keys(schemaDefinitions[type]?.properties ?? {});
    return fields
      .filter((field, index) => !known.includes(field) || fields.indexOf(field) !== index)
      .map((field) => `${type}.${field}`);
  });

  expect(strange).toEqual([]);
});
