/** A semantic version. Numbers beyond what a double holds exactly are bigints: calendar tags may be that long. */
export interface SemanticVersion {
  major: number | bigint;
  minor: number | bigint;
  patch: number | bigint;
  /** Identifiers after the hyphen, `[]` for a release. Build metadata has no rank and is not kept. */
  prerelease: readonly string[];
}

/** The library's own limit; longer texts are no versions to it. */
const longestVersion = 256;
const mostUint64 = 18_446_744_073_709_551_615n;

const identifiers = '[0-9A-Za-z-]+(?:\\.[0-9A-Za-z-]+)*';
const strict = new RegExp(
  `^v?(0|[1-9]\\d*)\\.(0|[1-9]\\d*)\\.(0|[1-9]\\d*)(?:-(${identifiers}))?(?:\\+${identifiers})?$`,
);
const loose = new RegExp(`^v?(\\d+)(?:\\.(\\d+))?(?:\\.(\\d+))?(?:-(${identifiers}))?(?:\\+${identifiers})?$`);

/**
 * Reads a version as Flux reads tags (fluxcd/pkg/version): semver 2.0.0 to the letter, but for one leading `v`.
 * `undefined` for everything else, `1.2` included.
 */
export function parseVersion(text: string): SemanticVersion | undefined {
  return text.length > longestVersion ? undefined : versionOf(strict.exec(text));
}

/** Reads what only looks like a version, too, as the library's `NewVersion` does: `1.2` is 1.2.0, `01.2.3` is 1.2.3. */
export function coerceVersion(text: string): SemanticVersion | undefined {
  return text.length > longestVersion ? undefined : versionOf(loose.exec(text));
}

/** Negative when `left` is lower, 0 when they have the same rank. */
export function compareVersions(left: SemanticVersion, right: SemanticVersion): number {
  return (
    compareNumbers(left.major, right.major) ||
    compareNumbers(left.minor, right.minor) ||
    compareNumbers(left.patch, right.patch) ||
    comparePrereleases(left.prerelease, right.prerelease)
  );
}

/** By semver 2.0.0, item 11: a release is above its prereleases, numbers are below words, more parts are above fewer. */
export function comparePrereleases(left: readonly string[], right: readonly string[]): number {
  if (left.length === 0 || right.length === 0) return Math.sign(right.length - left.length);
  const most = Math.max(left.length, right.length);
  for (let at = 0; at < most; at += 1) {
    const order = compareIdentifiers(left[at], right[at]);
    if (order !== 0) return order;
  }
  return 0;
}

function versionOf(match: RegExpExecArray | null): SemanticVersion | undefined {
  if (match === null) return undefined;
  const [, majorText = '0', minorText = '0', patchText = '0', prereleaseText] = match;
  const [major, minor, patch] = [uint64(majorText), uint64(minorText), uint64(patchText)];
  const prerelease = prereleaseText?.split('.') ?? [];
  if (major === undefined || minor === undefined || patch === undefined) return undefined;
  if (prerelease.some((each) => /^0\d+$/.test(each))) return undefined;
  return { major, minor, patch, prerelease };
}

function uint64(text: string): number | bigint | undefined {
  if (text.length <= 15) return Number(text);
  const value = BigInt(text);
  if (value > mostUint64) return undefined;
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

function compareNumbers(left: number | bigint, right: number | bigint): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

function compareIdentifiers(left: string | undefined, right: string | undefined): number {
  if (left === right) return 0;
  if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
  const [a, b] = [numberOf(left), numberOf(right)];
  if (a !== undefined && b !== undefined) return compareNumbers(a, b);
  if (a !== undefined || b !== undefined) return a === undefined ? 1 : -1;
  return left < right ? -1 : 1;
}

/** Digits beyond 64 bits are a word to the library, so they are one here. */
function numberOf(identifier: string): number | bigint | undefined {
  return /^\d+$/.test(identifier) ? uint64(identifier) : undefined;
}
