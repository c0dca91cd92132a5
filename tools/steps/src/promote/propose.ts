import type { InputsOf } from '@luban-ci/core';
import type { LandResult } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { ForgeRepositoryHandle } from '../capabilities/forge.ts';
import { ensureChangeRequest, mergeWhenReady } from '../change-request.ts';
import { landPromotion } from './land-promotion.ts';
import { bodyOf, type Promotion, titleOf } from './promotion.ts';
import type { step } from './step.ts';

export interface Proposal {
  landed: LandResult;
  changed: boolean;
  url: string;
  number: number;
  state: 'open' | 'merged' | 'scheduled';
}

/**
 * Lands the image on the promotion branch and opens, or brings up to date, the one pull request for it. Every part may
 * have been done by a run that died: each is looked for first.
 */
export async function proposePromotion(
  promotion: Promotion,
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<Proposal> {
  const handle = await ctx.forge.of(promotion.gitopsRepoUrl);
  const { promotionBranch: source, targetBranch: target } = promotion;
  if (inputs.scope === 'image') await cutAfresh(handle, source, target);
  const landed = await landPromotion(promotion, source, inputs, ctx);
  const opened = await ensureChangeRequest(handle, {
    source,
    target,
    title: titleOf(promotion),
    body: bodyOf(promotion, ctx.run),
  });
  const { url, number } = opened.value;
  const changed = landed.changed || opened.changed;
  if (inputs.mode !== 'auto-merge') return { landed, changed, url, number, state: 'open' };
  const { state } = await mergeWhenReady(handle, opened.value);
  return { landed, changed: true, url, number, state };
}

/**
 * A promotion branch without an open pull request is left over from an earlier promotion, and its base may be old. With
 * the scope `all` the source is the branch that deployments land on, and never touched.
 */
async function cutAfresh({ forge, name }: ForgeRepositoryHandle, source: string, target: string): Promise<void> {
  const isOpen = (await forge.findChangeRequest(name, { source, target })) !== undefined;
  if (!isOpen) await forge.deleteBranch(name, source);
}
