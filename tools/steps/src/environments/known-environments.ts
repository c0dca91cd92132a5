import { InputError } from '@luban-ci/core';

/**
 * The environments that were asked for, in the order of promotion; without any, all.
 *
 * @throws InputError for one that nobody knows
 */
export function knownEnvironments(asked: readonly string[], known: readonly string[]): readonly string[] {
  const unknown = asked.filter((each) => !known.includes(each));
  if (unknown.length === 0) return asked.length > 0 ? known.filter((each) => asked.includes(each)) : known;
  throw new InputError(`There is no environment ${unknown.join(', ')}`, [
    { field: 'environments', expected: `expected some of ${known.join(', ')}` },
  ]);
}
