import { isTag } from '../tag.ts';
import type { TagFilter } from './tag-filter.ts';
import type { Reading, TagOrder } from './tag-order.ts';

/** A tag that the rules let through. */
export interface RankedTag {
  tag: string;
  /** What was compared: the tag, what the filter took out of it, or a time. */
  value: string;
  /** Whether the policy makes no difference between it and the one before it; then the names decided. */
  isEqualToBetter: boolean;
}

/** How many tags were left out for one reason, and the first of them by name. */
export interface LeftOut {
  why: string;
  count: number;
  example: string | undefined;
}

export interface RankedTags {
  /** How many tags there were, and how many of them may win. */
  total: number;
  eligible: number;
  /** In the order of the reasons' words. */
  leftOut: readonly LeftOut[];
  /** What a better tag is beside a worse one, to be put between the two. */
  relation: string;
  /** Best first; the next one is looked for when it is asked for, so that nobody pays for sorting all of them. */
  bestFirst(): Generator<RankedTag>;
}

/**
 * Puts tags in the order of a policy, in one pass. Equals are ordered by name, so that the answer does not depend on the
 * order in which a registry lists its tags.
 */
export function rankTags<Key>(
  tags: readonly string[],
  order: TagOrder<Key>,
  filter: TagFilter = (tag) => tag,
): RankedTags {
  const eligible: Eligible<Key>[] = [];
  const reasons = new Map<string, LeftOut>();
  for (const tag of tags) {
    const reading = readTag(tag, order, filter);
    if ('value' in reading) eligible.push({ tag, value: reading.value, key: reading.key });
    else count(reasons, reading.why, isTag(tag) ? tag : undefined);
  }
  return {
    total: tags.length,
    eligible: eligible.length,
    leftOut: [...reasons.values()].sort((a, b) => (a.why < b.why ? -1 : 1)),
    relation: order.relation,
    bestFirst: () => bestFirst(eligible, order),
  };
}

interface Eligible<Key> {
  tag: string;
  value: string;
  key: Key;
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
  else reasons.set(why, { why, count: known.count + 1, example: firstByName(known.example, tag) });
}

function firstByName(known: string | undefined, tag: string | undefined): string | undefined {
  return known === undefined || tag === undefined || tag < known ? tag : known;
}

function* bestFirst<Key>(eligible: readonly Eligible<Key>[], order: TagOrder<Key>): Generator<RankedTag> {
  const left = [...eligible];
  let better: Eligible<Key> | undefined;
  while (left.length > 0) {
    const [found] = left.splice(indexOfBest(left, order), 1);
    if (found === undefined) return;
    const isEqualToBetter = better !== undefined && order.compare(found.key, better.key) === 0;
    yield { tag: found.tag, value: order.show?.(found.key) ?? found.value, isEqualToBetter };
    better = found;
  }
}

function indexOfBest<Key>(tags: readonly Eligible<Key>[], order: TagOrder<Key>): number {
  let best = 0;
  let leader = tags[0];
  for (let at = 1; at < tags.length; at += 1) {
    const each = tags[at];
    if (each === undefined || leader === undefined) continue;
    const compared = order.compare(each.key, leader.key);
    if (compared < 0 || (compared === 0 && each.tag > leader.tag)) continue;
    best = at;
    leader = each;
  }
  return best;
}
