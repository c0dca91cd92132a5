import { compareDecimals, type Decimal, parseDecimal } from './decimal.ts';
import { coerceVersion, compareVersions, parseVersion, type SemanticVersion } from './semantic-version.ts';
import { parseRange } from './version-range.ts';

/** What a policy makes of one tag: something to compare, or why it may not win. */
export type Reading<Key> = { key: Key } | { why: string };

/** How a policy reads tags and which one it prefers. */
export interface TagOrder<Key> {
  read(value: string, tag: string): Reading<Key>;
  /** Above 0 when `left` is preferred. */
  compare(left: Key, right: Key): number;
  /** What the winner is beside another, to be put between the two: `is a higher version than`. */
  relation: string;
  /** What was compared, where it is not in the tag. */
  show?(key: Key): string;
}

export type Direction = 'ascending' | 'descending';

/**
 * The highest version of a range. Tags are read as Flux does; with `coerce`, `1.2` counts as 1.2.0, too.
 *
 * @throws InputError when it is no range
 */
export function bySemver(range: string, coerce = false): TagOrder<SemanticVersion> {
  const wanted = parseRange(range);
  const outside = `outside ${range}`;
  const prerelease = `a prerelease, and ${range} names none`;
  const read = coerce ? coerceVersion : parseVersion;
  return {
    relation: 'is a higher version than',
    compare: compareVersions,
    read: (value) => {
      const version = read(value);
      if (version === undefined) return { why: 'no semantic version' };
      if (wanted.includes(version)) return { key: version };
      return { why: wanted.includesAsRelease(version) ? prerelease : outside };
    },
  };
}

/** The last by the alphabet, or the first. */
export function byAlphabet(direction: Direction): TagOrder<string> {
  return {
    relation: direction === 'ascending' ? 'comes after' : 'comes before',
    read: (value) => ({ key: value }),
    compare: directed(direction, (left, right) => (left === right ? 0 : left < right ? -1 : 1)),
  };
}

/** The greatest number, or the least. Compared digit by digit, so that no time stamp is too long. */
export function byNumber(direction: Direction): TagOrder<Decimal> {
  return {
    relation: direction === 'ascending' ? 'is greater than' : 'is less than',
    read: (value) => {
      const key = parseDecimal(value);
      return key === undefined ? { why: 'no number' } : { key };
    },
    compare: directed(direction, compareDecimals),
  };
}

/** The one that was built last, where that is known; milliseconds since 1970 by tag. */
export function byTime(createdAt: ReadonlyMap<string, number>): TagOrder<number> {
  return {
    relation: 'was built after',
    show: (key) => new Date(key).toISOString(),
    read: (_, tag) => {
      const key = createdAt.get(tag);
      return key === undefined ? { why: 'without a time at which it was built' } : { key };
    },
    compare: (left, right) => left - right,
  };
}

function directed<Key>(direction: Direction, compare: (left: Key, right: Key) => number): typeof compare {
  return direction === 'ascending' ? compare : (left, right) => compare(right, left);
}
