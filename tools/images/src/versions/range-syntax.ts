import { coerceVersion, type SemanticVersion } from './semantic-version.ts';

/** One comparison of a range, with how much of its version was written. */
export interface Comparison {
  operator: Operator;
  version: SemanticVersion;
  /** As it was written, without the operator. */
  text: string;
  /** Which part was left out or is a wildcard: of `1.2` the patch, of `1` the minor number, of `*` all. */
  open: 'nothing' | 'patch' | 'minor' | 'all';
}

export type Operator = '=' | '!=' | '>' | '<' | '>=' | '<=' | '~' | '^';

const operators: Record<string, Operator> = {
  ...{ '': '=', '=': '=', '!=': '!=', '>': '>', '<': '<', '>=': '>=', '=>': '>=' },
  ...{ '<=': '<=', '=<': '<=', '~': '~', '~>': '~', '^': '^' },
};

/** Limits of the library. */
const longestRange = 512;
const mostAlternatives = 32;

const blank = '[\\t\\n\\f\\r ]';
// A bar counts as a digit here: that is the library's own slip, and `1||2 - 3` means what it means because of it.
const part = '[0-9|xX*]+';
const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const written = `v?${part}(?:\\.${part})?(?:\\.${part})?(?:-${identifiers})?(?:\\+${identifiers})?`;
const writtenParts = new RegExp(
  `^v?(${part})(?:\\.(${part}))?(?:\\.(${part}))?((?:-${identifiers})?)(?:\\+${identifiers})?$`,
);

/**
 * Reads a range by the grammar of github.com/Masterminds/semver v3: alternatives of comparisons that all have to hold.
 * One pass without backtracking over what was read. `undefined` for what is no range, the empty text included.
 */
export function readRange(text: string): Comparison[][] | undefined {
  if (text.length > longestRange) return undefined;
  const segments = withoutHyphenRanges(text).split('||');
  if (segments.length > mostAlternatives) return undefined;
  const alternatives = segments.map(readSegment);
  return alternatives.every((each) => each !== undefined) ? alternatives : undefined;
}

/** `1.2 - 2.3` is `>= 1.2, <= 2.3 `. */
function withoutHyphenRanges(text: string): string {
  const hyphened = new RegExp(`${blank}*(${written})${blank}+-${blank}+(${written})${blank}*`, 'g');
  let rewritten = text;
  for (const [whole, from, to] of text.matchAll(hyphened)) {
    rewritten = rewritten.replace(whole, () => `>= ${from}, <= ${to} `);
  }
  return rewritten;
}

/** Comparisons beside each other, with blanks or one comma between them. */
function readSegment(segment: string): Comparison[] | undefined {
  const next = new RegExp(`${blank}*([=!<>~^]*)${blank}*(${written})(${blank}*)(,?)`, 'y');
  const comparisons: Comparison[] = [];
  for (;;) {
    const [, operator = '', version = '', blanks = '', comma = ''] = next.exec(segment) ?? [];
    const comparison = comparisonOf(operator, version);
    if (comparison === undefined) return undefined;
    comparisons.push(comparison);
    if (comma === '' && next.lastIndex === segment.length) return comparisons;
    if (comma === '' && blanks === '') return undefined;
  }
}

function comparisonOf(written: string, text: string): Comparison | undefined {
  const operator = Object.hasOwn(operators, written) ? operators[written] : undefined;
  const parts = writtenParts.exec(text);
  if (operator === undefined || parts === null) return undefined;
  const [, major = '', minor, patch, prerelease = ''] = parts;
  if (isOpen(major)) return withVersion({ operator, text, open: 'all' }, `0.0.0${prerelease}`);
  if (isOpen(minor)) return withVersion({ operator, text, open: 'minor' }, `${major}.0.0${prerelease}`);
  if (isOpen(patch)) return withVersion({ operator, text, open: 'patch' }, `${major}.${minor}.0${prerelease}`);
  return withVersion({ operator, text, open: 'nothing' }, text);
}

function isOpen(part: string | undefined): boolean {
  return part === undefined || part === 'x' || part === 'X' || part === '*';
}

function withVersion(comparison: Omit<Comparison, 'version'>, text: string): Comparison | undefined {
  const version = coerceVersion(text);
  return version === undefined ? undefined : { ...comparison, version };
}
