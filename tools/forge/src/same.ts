import type { BranchRules, Webhook } from './forge.ts';

/** Whether two rules demand the same; the order of checks means nothing. */
export function sameRules(a: BranchRules, b: BranchRules): boolean {
  return a.requiredApprovals === b.requiredApprovals && sameSet(a.requiredStatusChecks, b.requiredStatusChecks);
}

/** Whether a hook that is there differs in what can be read of it. Its secret cannot. */
export function hookDiffers(
  present: { events?: readonly string[] | null | undefined; active: boolean },
  wanted: Webhook,
): boolean {
  return !present.active || !sameSet(present.events ?? [], wanted.events);
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return new Set(a).size === new Set(b).size && a.every((each) => b.includes(each));
}
