import { isTag } from '../tag.ts';
import type { TagFilter } from './tag-filter.ts';
import type { Reading, TagOrder } from './tag-order.ts';

/** A tag that the rules let through, with what they compared. */
export interface RankedTag<Key> {
  tag: string;
  /** The tag, or what the filter took out of it. */
  value: string;
  key: Key;
}

/** How many tags were left out for one reason, and one of them. */
export interface LeftOut {
  why: string;
  count: number;
  example: string | undefined;
}

export interface RankedTags<Key> {
  /** How many tags there were, and how many of them may win. */
  total: number;
  eligible: number;
  /** In the order in which the reasons came up. */
  leftOut: readonly LeftOut[];
  /** Best first; the next one is looked for when it is asked for, so that nobody pays for sorting all of them. */
  bestFirst(): Generator<RankedTag<Key>>;
}

/**
 * Puts tags in the order of a policy, in one pass. Equals are ordered by name, so that the answer does not depend on the
 * order in which a registry lists its tags.
 */
export function rankTags<Key>(
  tags: readonly string[],
  order: TagOrder<Key>,
  filter: TagFilter = (tag) => tag,
): RankedTags<Key> {
  const eligible: RankedTag<Key>[] = [];
  const reasons = new Map<string, LeftOut>();
  for (const tag of tags) {
    const reading = readTag(tag, order, filter);
    if ('value' in reading) eligible.push({ tag, value: reading.value, key: reading.key });
    else count(reasons, reading.why, isTag(tag) ? tag : undefined);
  }
  return {
    total: tags.length,
    eligible: eligible.length,
    leftOut: [...reasons.values()],
    bestFirst: () => bestFirst(eligible, order),
  };
}

/** What comes from a registry may be anything; what is no tag can be neither pulled nor written down. */
function readTag<Key>(
  tag: string,
  order: TagOrder<Key>,
  filter: TagFilter,
): { value: string; key: Key } | { why: string } {
  if (!isTag(tag)) return { why: 'no tag by the rules of OCI' };
  const value = filter(tag);
  if (value === undefined) return { why: 'not matched by the pattern' };
  const reading: Reading<Key> = order.read(value, tag);
  return 'why' in reading ? reading : { value, key: reading.key };
}

function count(reasons: Map<string, LeftOut>, why: string, tag: string | undefined): void {
  const known = reasons.get(why);
  if (known === undefined) reasons.set(why, { why, count: 1, example: tag });
  else known.count += 1;
}

function* bestFirst<Key>(eligible: readonly RankedTag<Key>[], order: TagOrder<Key>): Generator<RankedTag<Key>> {
  const left = [...eligible];
  while (left.length > 0) {
    const best = indexOfBest(left, order);
    const [found] = left.splice(best, 1);
    if (found !== undefined) yield found;
  }
}

function indexOfBest<Key>(tags: readonly RankedTag<Key>[], order: TagOrder<Key>): number {
  let best = 0;
  for (const [at, each] of tags.entries()) {
    const leader = tags[best];
    if (leader === undefined || at === best) continue;
    const compared = order.compare(each.key, leader.key);
    if (compared > 0 || (compared === 0 && each.tag < leader.tag)) best = at;
  }
  return best;
}
