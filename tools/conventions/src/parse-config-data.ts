import { InputError } from '@luban-ci/core';
import type { z } from 'zod';

/**
 * Reads the data of a ConfigMap by its schema. Keys with an empty value count as left out.
 *
 * @throws InputError naming every unknown key and every bad value at once
 */
export function parseConfigData<Schema extends z.ZodType>(
  schema: Schema,
  name: string,
  data: Readonly<Record<string, string>>,
): z.output<Schema> {
  const given = Object.fromEntries(Object.entries(data).filter(([, value]) => value.trim() !== ''));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new InputError(`${name} cannot be used`, parsed.error.issues.flatMap(badKeys));
}

function badKeys(issue: z.core.$ZodIssue): { field: string; expected: string }[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, expected: 'no such key' }));
  return [{ field: issue.path.map(String).join('.'), expected: issue.message }];
}
