import { type InputsOf, silentLog } from '@luban-ci/core';
import type { LandResult, LandTarget } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { authorFor } from '../provenance.ts';
import { type Promotion, promotionEdit, titleOf } from './promotion.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

/** The branch that a promotion lands on, and the commit that an earlier one has left it at. */
export type PromotionPlace = Pick<LandTarget, 'branch' | 'leftOver'>;

/** Lands the promotion on a branch, which is cut from the target branch where it does not exist or is left over. */
export async function landPromotion(
  promotion: Promotion,
  at: PromotionPlace,
  inputs: Inputs,
  ctx: Context,
): Promise<LandResult> {
  const landed = await ctx.git.of(promotion.gitopsRepoUrl).land({
    url: promotion.gitopsRepoUrl,
    ...at,
    createFrom: promotion.targetBranch,
    edits: [promotionEdit(promotion, inputs, ctx)],
    message: titleOf(promotion),
    deadlineSeconds: inputs.deadlineSeconds,
    dryRun: ctx.dryRun,
    ...authorFor(ctx.run),
  });
  for (const note of landed.notes) ctx.log.info(note);
  return landed;
}

/** What landing it on the target branch would come to now; changes nothing. */
export function foreseePromotion(promotion: Promotion, inputs: Inputs, ctx: Context): Promise<LandResult> {
  return landPromotion(promotion, { branch: promotion.targetBranch }, inputs, { ...ctx, log: silentLog, dryRun: true });
}
