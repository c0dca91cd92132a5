import type { ChangeRequest } from '@luban-ci/forge';
import type { LandRequest } from '@luban-ci/git';
import type { Ensured } from '@luban-ci/kube';
import { ensureChangeRequest } from '../change-request.ts';
import { removeMergedBranch, tryToMerge } from '../set-up/propose-change.ts';
import type { EnsuredOverlay } from './ensure-overlay.ts';
import type { GitopsSetUp } from './place.ts';

/**
 * Onto a protected branch by a change request from a branch of its own. Every part may have been done by a run that died.
 * What nobody has to approve is merged at once; nothing is deployed by it.
 */
export async function proposeOverlay(
  setUp: GitopsSetUp,
  request: LandRequest,
  env: string,
  created: Ensured,
): Promise<EnsuredOverlay> {
  const { branch: target } = request;
  const source = sourceBranch(setUp, env);
  const landed = await setUp.git.land({ ...request, branch: source, createFrom: target });
  const opened = await ensureChangeRequest(setUp, {
    source,
    target,
    title: `Add the ${env} overlay of ${setUp.app.app}`,
    body: `The folder that ${env} is read from. Nothing that runs is changed by it.`,
  });
  if (await isMerged(setUp, target, { ...opened.value, head: landed.commit })) {
    await setUp.forge.deleteBranch(setUp.name, source);
    return { ensured: created };
  }
  const isNew = landed.changed || opened.changed;
  return {
    ensured: isNew ? created : { ...created, outcome: 'unchanged', diff: '' },
    waitsFor: opened.value.url,
  };
}

/** A branch that a run left behind which died after the merge. */
export async function removeLeftOver(setUp: GitopsSetUp, target: string, env: string): Promise<void> {
  if (target !== setUp.workBranch) await removeMergedBranch(setUp, { source: sourceBranch(setUp, env), target });
}

function sourceBranch({ app }: GitopsSetUp, env: string): string {
  return `luban/add-${app.app}-${env}`;
}

/** Merged if nothing is demanded for it. A rule that cannot be seen from here makes it wait for a person. */
async function isMerged(setUp: GitopsSetUp, target: string, request: ChangeRequest): Promise<boolean> {
  const rules = await setUp.forge.getProtection(setUp.name, target);
  const isFree = rules?.requiredApprovals === 0 && rules.requiredStatusChecks.length === 0;
  return isFree && (await tryToMerge(setUp, request))?.state === 'merged';
}
