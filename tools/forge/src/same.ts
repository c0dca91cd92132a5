import type { BranchRules } from './forge.ts';

/** Whether two rules demand the same; the order of checks means nothing. */
export function sameRules(a: BranchRules, b: BranchRules): boolean {
  return a.requiredApprovals === b.requiredApprovals && sameSet(a.requiredStatusChecks, b.requiredStatusChecks);
}

/** Whether a hook that is there differs in what can be read of it. Its secret cannot. */
export function hookDiffers(
  present: { events?: readonly string[] | null | undefined; active: boolean },
  events: readonly string[],
): boolean {
  return !present.active || !sameSet(present.events ?? [], events);
}

/** Labels that are not there yet; forges take no notice of capitals in them. */
export function missingLabels(present: readonly string[], wanted: readonly string[]): string[] {
  const known = new Set(present.map((each) => each.toLowerCase()));
  return [...new Set(wanted)].filter((each) => !known.has(each.toLowerCase()));
}

export function sortedLabels(labels: readonly string[]): readonly string[] {
  return labels.toSorted((a, b) => (a < b ? -1 : 1));
}

export function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && a.every((each) => b.includes(each));
}
