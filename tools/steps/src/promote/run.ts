import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { describeEntry } from '@luban-ci/edits';
import type { LandResult } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { foreseePromotion, landPromotion } from './land-promotion.ts';
import { planPromotion } from './plan.ts';
import type { Promotion } from './promotion.ts';
import { proposePromotion } from './propose.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;
type Result = StepResult<OutputsOf<typeof step>>;

export async function run(inputs: Inputs, ctx: Context): Promise<Result> {
  const promotion = await planPromotion(inputs, ctx);
  const foreseen = await foreseePromotion(promotion, inputs, ctx);
  if (foreseen.outcome === 'superseded') return withoutRequest(promotion, foreseen, 'superseded');
  const isThere = foreseen.outcome === 'already there';
  if (isThere && (inputs.scope === 'image' || (await hasSameFiles(promotion, ctx)))) return nothingToDo(promotion);
  if (ctx.dryRun) return withoutRequest(promotion, foreseen, 'dry-run');
  if (inputs.mode === 'direct') {
    const landed = await landPromotion(promotion, { branch: promotion.targetBranch }, inputs, ctx);
    return withoutRequest(promotion, landed, landed.outcome === 'superseded' ? 'superseded' : 'landed');
  }
  const { landed, changed, request, state } = await proposePromotion(promotion, inputs, ctx);
  if (request === undefined) return withoutRequest(promotion, landed, 'superseded');
  return {
    changed,
    outputs: { ...outputsOf(promotion), commit: landed.commit, ...request, state },
    summary: `${describe(promotion)} goes to ${promotion.toEnv} by ${request.url} (${state})`,
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}

/** Whether the two branches differ in nothing, so that there is nothing left to propose. */
async function hasSameFiles({ gitopsRepoUrl: url, sourceBranch, targetBranch }: Promotion, ctx: Context) {
  const git = ctx.git.of(url);
  const [source, target] = await Promise.all([
    git.readCommit(url, `refs/heads/${sourceBranch}`),
    git.readCommit(url, `refs/heads/${targetBranch}`),
  ]);
  return source.tree === target.tree;
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
