/** A release of Python or of a package as numbers: `3.13.1` is `[3, 13, 1]`. Suffixes such as `rc1` are left off. */
export function releaseOf(version: string): number[] {
  const [release = ''] = /^\d+(\.\d+)*/.exec(version.trim()) ?? [];
  return release === '' ? [] : release.split('.').map(Number);
}

/** Negative, zero or positive, by release numbers; missing ones count as zero (PEP 440). */
export function compareReleases(left: string, right: string): number {
  const [a, b] = [releaseOf(left), releaseOf(right)];
  const length = Math.max(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Whether a version meets a set of specifiers such as `>=3.11,<3.14` (PEP 440, release numbers only: that is all that
 * markers and `requires-python` compare).
 */
export function meetsSpecifiers(version: string, specifiers: string): boolean {
  return specifiers
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '')
    .every((each) => meets(version, each));
}

function meets(version: string, specifier: string): boolean {
  const [, operator = '==', wanted = ''] = /^(===|==|!=|~=|>=|<=|>|<)?\s*(.+)$/.exec(specifier) ?? [];
  if (operator === '~=')
    return compareReleases(version, wanted) >= 0 && hasPrefix(version, releaseOf(wanted).slice(0, -1));
  if (wanted.endsWith('.*')) return hasPrefix(version, releaseOf(wanted)) === (operator !== '!=');
  const order = compareReleases(version, wanted);
  if (operator === '>=') return order >= 0;
  if (operator === '<=') return order <= 0;
  if (operator === '>') return order > 0;
  if (operator === '<') return order < 0;
  return (order === 0) === (operator !== '!=');
}

function hasPrefix(version: string, prefix: readonly number[]): boolean {
  const release = releaseOf(version);
  return prefix.every((number, index) => (release[index] ?? 0) === number);
}
