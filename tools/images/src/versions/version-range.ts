import { InputError } from '@luban-ci/core';
import { type Comparison, type Operator, readRange } from './range-syntax.ts';
import { comparePrereleases, compareVersions, type SemanticVersion } from './semantic-version.ts';

/** A range of versions, read once and asked often. */
export interface VersionRange {
  /** As it was written. */
  text: string;
  includes(version: SemanticVersion): boolean;
  /** Whether it fails only because it is a prerelease and the range names none. */
  includesAsRelease(version: SemanticVersion): boolean;
}

/**
 * A range with the meaning that Flux gives it, which is that of github.com/Masterminds/semver v3. It differs from npm's:
 * once a comparison of an alternative names a prerelease, that alternative takes every prerelease that lies inside.
 *
 * @throws InputError when it is no range
 */
export function parseRange(text: string): VersionRange {
  const alternatives = readRange(text);
  if (alternatives === undefined) {
    const expected = 'expected a range such as ^1.2, >=1.2.3 <2.0.0, 1.x or 1.2 - 1.4 || ~2.1';
    throw new InputError(`${JSON.stringify(text.slice(0, 120))} is no range of versions`, [
      { field: 'range', expected },
    ]);
  }
  const takesPrereleases = alternatives.map((all) => all.some(({ version }) => version.prerelease.length > 0));
  const holdsIn = (version: SemanticVersion, mayBePrerelease: (at: number) => boolean): boolean =>
    alternatives.some((all, at) => mayBePrerelease(at) && all.every((each) => holds[each.operator](version, each)));
  return {
    text,
    includes: (version) => holdsIn(version, (at) => version.prerelease.length === 0 || takesPrereleases[at] === true),
    includesAsRelease: (version) => holdsIn(version, () => true),
  };
}

/** What each operator means where parts of the version were left open. */
const holds: Record<Operator, (version: SemanticVersion, comparison: Comparison) => boolean> = {
  '=': (version, comparison) =>
    comparison.open === 'nothing' ? compareVersions(version, comparison.version) === 0 : isTilde(version, comparison),
  '!=': isDifferent,
  '>': isAbove,
  '<': (version, { version: limit }) => compareVersions(version, limit) < 0,
  '>=': (version, { version: limit }) => compareVersions(version, limit) >= 0,
  '<=': isAtMost,
  '~': isTilde,
  '^': isCaret,
};

function isDifferent(version: SemanticVersion, { version: other, open }: Comparison): boolean {
  if (open === 'nothing') return compareVersions(version, other) !== 0;
  if (version.major !== other.major) return true;
  if (open === 'minor') return false;
  if (version.minor !== other.minor) return true;
  if (open === 'all') return compareVersions(version, other) !== 0;
  return comparePrereleases(version.prerelease, other.prerelease) !== 0;
}

/** `>11` leaves 11.1.0 out, `>11.1` leaves 11.1.9 out. */
function isAbove(version: SemanticVersion, { version: limit, open }: Comparison): boolean {
  if (open === 'nothing' || open === 'all' || version.major !== limit.major) return compareVersions(version, limit) > 0;
  return open === 'patch' && version.minor > limit.minor;
}

/** `<=1` takes all of 1, `<=1.2` all of 1.2; of `*` the numbers are 0. */
function isAtMost(version: SemanticVersion, { version: limit, open }: Comparison): boolean {
  if (open === 'nothing') return compareVersions(version, limit) <= 0;
  if (version.major !== limit.major) return version.major < limit.major;
  return open === 'minor' || version.minor <= limit.minor;
}

/** `~1.2.3` and `~1.2` stay in 1.2, `~1` stays in 1; `~0.0.0` and `~*` take everything from 0.0.0 on. */
function isTilde(version: SemanticVersion, { version: least, open }: Comparison): boolean {
  if (compareVersions(version, least) < 0) return false;
  const isZero = least.major === 0 && least.minor === 0 && least.patch === 0;
  if (isZero && (open === 'nothing' || open === 'all')) return true;
  return version.major === least.major && (open === 'minor' || version.minor === least.minor);
}

/** Up to the next change of the leftmost number that is not 0; `^*` is `^0.0.0` to the library. */
function isCaret(version: SemanticVersion, { version: least, open }: Comparison): boolean {
  if (compareVersions(version, least) < 0 || version.major !== least.major) return false;
  if (least.major > 0 || open === 'minor') return true;
  if (version.minor !== least.minor) return false;
  return least.minor > 0 || open === 'patch' || version.patch === least.patch;
}
