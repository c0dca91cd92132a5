import type { LeftOut, RankedTag, RankedTags } from './rank-tags.ts';
import { describePolicy, type TagPolicy } from './tag-policy.ts';

/** A tag that was better by its name, and why it is not the one. */
export interface PassedOver {
  tag: string;
  why: string;
}

export interface Choice {
  policy: TagPolicy;
  ranked: RankedTags;
  passedOver: readonly PassedOver[];
  winner?: RankedTag | undefined;
  runnerUp?: RankedTag | undefined;
}

const mostNamed = 5;

/** Why this tag won and the next one lost, a sentence each. All that is printed of a tag is a tag by OCI's rules. */
export function explainChoice({ policy, ranked, passedOver, winner, runnerUp }: Choice): string[] {
  if (policy.kind === 'digest') return [digestText(policy.tag, passedOver)];
  const named = passedOver.slice(0, mostNamed);
  const leftOut = ranked.leftOut.map(leftOutText);
  if (winner === undefined) {
    return [noneText(policy, ranked, passedOver), ...named.map(({ tag, why }) => `${tag} ${why}`), ...leftOut];
  }
  return [
    winnerText(winner, policy, ranked),
    ...named.map(({ tag, why }) => `${tag} comes before it, but ${why}`),
    ...(passedOver.length > mostNamed
      ? [`${passedOver.length - mostNamed} more before it cannot be taken either`]
      : []),
    ...nextText(winner, runnerUp, ranked.relation),
    ...leftOut,
  ];
}

function digestText(tag: string, [first]: readonly PassedOver[]): string {
  return first === undefined ? `the digest is the one that ${tag} stands for` : `${tag} ${first.why}`;
}

function winnerText(winner: RankedTag, policy: TagPolicy, { total, eligible }: RankedTags): string {
  const among = total > 1 ? `, of ${eligible} that may be chosen among ${total}` : '';
  return `${shown(winner)} is ${describePolicy(policy)}${among}`;
}

function noneText(policy: TagPolicy, { total }: RankedTags, passedOver: readonly PassedOver[]): string {
  if (total === 0) return 'there are no tags';
  const unusable = passedOver.length > mostNamed ? `; the ${passedOver.length} best cannot be taken` : '';
  return `nothing is ${describePolicy(policy)} among ${total} ${total === 1 ? 'tag' : 'tags'}${unusable}`;
}

function nextText(winner: RankedTag, runnerUp: RankedTag | undefined, relation: string): string[] {
  if (runnerUp === undefined) return [];
  const pair = `${shown(winner)} ${runnerUp.isEqualToBetter ? 'equals' : relation} ${shown(runnerUp)}`;
  return [runnerUp.isEqualToBetter ? `${pair}, and is the first by name` : `${pair}, which is next`];
}

function leftOutText({ why, count, example }: LeftOut): string {
  const such = example === undefined ? '' : count === 1 ? ` (${example})` : ` (${example} for one)`;
  return `${count} left out: ${why}${such}`;
}

function shown({ tag, value }: RankedTag): string {
  return value === tag ? tag : `${tag} (${value})`;
}
