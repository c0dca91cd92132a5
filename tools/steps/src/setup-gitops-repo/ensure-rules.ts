import type { BranchRules, ForgeRepository } from '@luban-ci/forge';
import { type Ensured, showDifference } from '@luban-ci/kube';
import { shownAs, titleOf } from '../set-up/repository-set-up.ts';
import type { GitopsSetUp } from './place.ts';

/** Clones, and change requests, start with the branch that deployments land on. */
export async function ensureDefaultBranch(
  setUp: GitopsSetUp,
  repository: ForgeRepository | undefined,
): Promise<Ensured> {
  const { forge, name, workBranch, dryRun } = setUp;
  const title = `DefaultBranch ${titleOf(setUp)}`;
  // Of a new repository the forge may have taken the first branch that was pushed.
  const found = dryRun ? repository : await forge.getRepository(name);
  const isWanted = dryRun
    ? found?.defaultBranch === workBranch
    : !(await forge.setDefaultBranch(name, workBranch)).changed;
  if (isWanted) return { name: title, outcome: 'unchanged', diff: '' };
  const before = found === undefined ? undefined : { branch: found.defaultBranch };
  const diff = showDifference(shownAs('DefaultBranch', setUp), before, { branch: workBranch });
  return { name: title, outcome: 'updated', diff };
}

/** At least these rules: what somebody made stricter stays so. */
export async function ensureProtection(
  setUp: GitopsSetUp,
  branch: string,
  wanted: BranchRules,
  repository: ForgeRepository | undefined,
): Promise<Ensured> {
  const { forge, name, dryRun } = setUp;
  const title = `Protection ${titleOf(setUp)}/${branch}`;
  const found = repository === undefined ? undefined : await forge.getProtection(name, branch);
  const rules = found === undefined ? wanted : stricter(found, wanted);
  if (found !== undefined && isSame(found, rules)) return { name: title, outcome: 'unchanged', diff: '' };
  if (!dryRun) await forge.protectBranch(name, branch, rules);
  const diff = showDifference(shownAs('Protection', setUp, branch), found && shown(found), shown(rules));
  return { name: title, outcome: found === undefined ? 'created' : 'updated', diff };
}

function stricter(found: BranchRules, wanted: BranchRules): BranchRules {
  return {
    requiredApprovals: Math.max(found.requiredApprovals, wanted.requiredApprovals),
    requiredStatusChecks: [...new Set([...found.requiredStatusChecks, ...wanted.requiredStatusChecks])],
  };
}

function isSame(found: BranchRules, rules: BranchRules): boolean {
  return (
    found.requiredApprovals === rules.requiredApprovals &&
    found.requiredStatusChecks.length === rules.requiredStatusChecks.length
  );
}

function shown({ requiredApprovals, requiredStatusChecks }: BranchRules) {
  return { requiredApprovals, requiredStatusChecks: [...requiredStatusChecks] };
}
