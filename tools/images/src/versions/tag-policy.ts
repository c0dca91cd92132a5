import { type RankedTags, rankTags } from './rank-tags.ts';
import type { TagFilter } from './tag-filter.ts';
import { byAlphabet, byNumber, bySemver, type Direction } from './tag-order.ts';

/** How one tag of many is chosen. */
export type TagPolicy =
  | { kind: 'semver'; range: string; coerce?: boolean }
  | { kind: 'alphabetical' | 'numerical'; direction: Direction }
  | { kind: 'newest' }
  | { kind: 'digest'; tag: string };

/** What a policy prefers, as the end of a sentence. */
export function describePolicy(policy: TagPolicy): string {
  switch (policy.kind) {
    case 'semver':
      return `the highest version of ${policy.range}`;
    case 'alphabetical':
      return policy.direction === 'ascending' ? 'the last by the alphabet' : 'the first by the alphabet';
    case 'numerical':
      return policy.direction === 'ascending' ? 'the greatest number' : 'the least number';
    case 'newest':
      return 'the newest build';
    case 'digest':
      return `what ${policy.tag} stands for`;
  }
}

/** Policies that the names of tags decide alone. */
export type NamePolicy = Extract<TagPolicy, { kind: 'semver' | 'alphabetical' | 'numerical' }>;

/** @throws InputError for a range that is none */
export function rankByPolicy(tags: readonly string[], policy: NamePolicy, filter?: TagFilter): RankedTags {
  if (policy.kind === 'semver') return rankTags(tags, bySemver(policy.range, policy.coerce), filter);
  if (policy.kind === 'numerical') return rankTags(tags, byNumber(policy.direction), filter);
  return rankTags(tags, byAlphabet(policy.direction), filter);
}
