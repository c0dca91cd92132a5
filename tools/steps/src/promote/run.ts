import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { describeEntry } from '@luban-ci/edits';
import type { LandResult } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { readOverlay } from '../overlay-state.ts';
import { landPromotion } from './land-promotion.ts';
import { planPromotion } from './plan.ts';
import type { Promotion } from './promotion.ts';
import { proposePromotion } from './propose.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;
type Result = StepResult<OutputsOf<typeof step>>;

export async function run(inputs: Inputs, ctx: Context): Promise<Result> {
  const promotion = await planPromotion(inputs, ctx);
  if (inputs.scope === 'image' && (await isThere(promotion, ctx))) return nothingToDo(promotion);
  if (ctx.dryRun)
    return withoutRequest(promotion, await landPromotion(promotion, promotion.targetBranch, inputs, ctx), 'dry-run');
  if (inputs.mode === 'direct') {
    const landed = await landPromotion(promotion, promotion.targetBranch, inputs, ctx);
    return withoutRequest(promotion, landed, landed.outcome === 'superseded' ? 'superseded' : 'landed');
  }
  const { landed, changed, url, number, state } = await proposePromotion(promotion, inputs, ctx);
  return {
    changed,
    outputs: { ...outputsOf(promotion), commit: landed.commit, url, number, state },
    summary: `${describe(promotion)} goes to ${promotion.toEnv} by ${url} (${state})`,
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}

/** Whether the target branch has exactly this image already. */
async function isThere({ gitopsRepoUrl, targetBranch, toEnv, candidate }: Promotion, ctx: Context): Promise<boolean> {
  const target = await readOverlay(
    ctx.git.of(gitopsRepoUrl),
    gitopsRepoUrl,
    targetBranch,
    ctx.conventions.overlayOf(toEnv),
  );
  const entry = target.images.find(({ name }) => name === candidate.image);
  return entry?.digest === candidate.digest && entry.newTag === candidate.tag && entry.newName === undefined;
}

function nothingToDo(promotion: Promotion): Result {
  const outputs = { ...outputsOf(promotion), state: 'nothing-to-do' as const };
  return { changed: false, outputs, summary: `${promotion.toEnv} has ${describe(promotion)} already` };
}

function withoutRequest(promotion: Promotion, landed: LandResult, state: 'landed' | 'superseded' | 'dry-run'): Result {
  const verb = { landed: 'landed in', superseded: 'was superseded in', 'dry-run': 'would go to' }[state];
  const by = landed.outcome === 'superseded' ? ` by ${describeEntry(landed.by)}` : '';
  return {
    changed: landed.changed,
    outputs: { ...outputsOf(promotion), commit: landed.commit, state },
    summary: `${describe(promotion)} ${verb} ${promotion.toEnv}${by}`,
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}

function outputsOf({ candidate, gitopsRepoUrl, healthChecked }: Promotion) {
  return { image: candidate.image, imageTag: candidate.tag, digest: candidate.digest, gitopsRepoUrl, healthChecked };
}

function describe({ appName, candidate }: Promotion): string {
  return `${appName} ${candidate.tag ?? ''}@${candidate.digest.slice(0, 19)}`;
}
