import type { InputsOf } from '@luban-ci/core';
import type { LandResult } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { ensureChangeRequest, mergeWhenReady } from '../change-request.ts';
import { landProposal } from '../land-proposal.ts';
import { landPromotion, type PromotionPlace } from './land-promotion.ts';
import { bodyOf, type Promotion, titleOf } from './promotion.ts';
import type { step } from './step.ts';

export interface Proposal {
  landed: LandResult;
  changed: boolean;
  /** Absent when something newer is proposed already, whose pull request is left as it is. */
  request?: { url: string; number: number };
  state: 'open' | 'merged' | 'scheduled' | 'superseded';
}

/**
 * Lands the image on the promotion branch and opens, or brings up to date, the one pull request for it. Every part may
 * have been done by a run that died: each is looked for first. With the scope `all` the source is the branch that
 * deployments land on, and is never cut anew.
 */
export async function proposePromotion(
  promotion: Promotion,
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<Proposal> {
  const handle = await ctx.forge.of(promotion.gitopsRepoUrl);
  const { promotionBranch: source, targetBranch: target, gitopsRepoUrl } = promotion;
  const isOurs = (message: string): boolean => /^Luban-Promoted-From: /m.test(message);
  const branch = { url: gitopsRepoUrl, source, target, isOurs, maker: 'promotion' };
  const land = (at: PromotionPlace): Promise<LandResult> => landPromotion(promotion, at, inputs, ctx);
  const isCut = inputs.scope === 'image';
  const landed = await (isCut
    ? landProposal(branch, ctx.git.of(gitopsRepoUrl), handle, land)
    : land({ branch: source }));
  if (landed.outcome === 'superseded') return { landed, changed: false, state: 'superseded' };
  const opened = await ensureChangeRequest(handle, {
    source,
    target,
    title: titleOf(promotion),
    body: bodyOf(promotion, ctx.run),
  });
  const { url, number } = opened.value;
  const changed = landed.changed || opened.changed;
  if (inputs.mode !== 'auto-merge') return { landed, changed, request: { url, number }, state: 'open' };
  const merge = await mergeWhenReady(handle, { ...opened.value, head: landed.commit });
  return { landed, changed: changed || merge.changed, request: { url, number }, state: merge.state };
}
