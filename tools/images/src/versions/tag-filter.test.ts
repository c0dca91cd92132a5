import { readFile } from 'node:fs/promises';
import { InputError } from '@luban-ci/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { createTagFilter } from './tag-filter.ts';

const Filtered = z.object({
  pattern: z.string(),
  extract: z.string(),
  tags: z.record(z.string(), z.string()).nullable(),
});
const golden = z
  .object({ filters: z.array(Filtered) })
  .parse(JSON.parse(await readFile(new URL('masterminds.generated.json', import.meta.url), 'utf8')));
const tags = [...new Set(golden.filters.flatMap((each) => Object.keys(each.tags ?? {})))];

test.each(golden.filters)(
  '$pattern with $extract answers what Go answers',
  async ({ pattern, extract, tags: expected }) => {
    const filter = await createTagFilter({ pattern, extract }).catch((error: unknown) => error);

    if (typeof filter !== 'function') {
      expect([filter, expected]).toEqual([expect.any(InputError), null]);
      return;
    }
    const answered = tags.flatMap((tag) => (filter(tag) === undefined ? [] : [[tag, filter(tag)]]));
    expect(Object.fromEntries(answered)).toEqual(expected);
  },
);

describe('a pattern', () => {
  test.each(['^(a+)+$', '^(a|aa)+$', '(a|a)*b', '(.*a){20}', '(x+x+)+y'])(
    '%s that other engines need years for is answered',
    async (pattern) => {
      const filter = await createTagFilter({ pattern, extract: '$1' });

      expect(filter(`${'a'.repeat(5000)}!`)).toBe(pattern === '(.*a){20}' ? 'a' : undefined);
    },
  );

  test('that is none, or has no end, is refused with the reason', async () => {
    await expect(createTagFilter({ pattern: 'a(?=b)' })).rejects.toThrow(/^The pattern "a\(\?=b\)" cannot be used: /);
    await expect(createTagFilter({ pattern: 'a'.repeat(10_000) })).rejects.toThrow(/longer than 1000 characters/);
  });
});
