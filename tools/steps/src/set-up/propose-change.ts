import { messageOf, StepError } from '@luban-ci/core';
import type { ChangeRequest } from '@luban-ci/forge';
import type { LandRequest } from '@luban-ci/git';
import { ensureChangeRequest, type MergeOutcome, mergeWhenReady } from '../change-request.ts';
import { landProposal } from '../land-proposal.ts';
import { isSetUpMessage, type RepositorySetUp } from './repository-set-up.ts';

export interface Proposed {
  changed: boolean;
  /** The pull request that somebody has to merge. */
  waitsFor?: string;
}

export interface Proposal {
  /** Branch that the change is proposed from; no other change uses it. */
  source: string;
  /** What the pull request says; its title is the first line of the commit. */
  body: string;
  /** What makes such commits: `registration`. */
  maker: string;
  mode: 'pull-request' | 'auto-merge';
}

/**
 * By a change request from a branch of its own, which is cut from the target and holds this one change. Every part may have
 * been done by a run that died: each is looked for first.
 */
export async function proposeChange(
  setUp: RepositorySetUp,
  request: LandRequest,
  { source, body, maker, mode }: Proposal,
): Promise<Proposed> {
  const { branch: target } = request;
  const branch = { url: setUp.url, source, target, maker, isOurs: (text: string) => isSetUpMessage(text, setUp.mark) };
  const landed = await landProposal(branch, setUp.git, setUp, (at) => setUp.git.land({ ...request, ...at }));
  const [title = ''] = request.message.split('\n');
  const opened = await ensureChangeRequest(setUp, { source, target, title, body });
  const changed = landed.changed || opened.changed;
  const { url } = opened.value;
  if (mode === 'pull-request') return { changed, waitsFor: url };
  const merge = await tryToMerge(setUp, { ...opened.value, head: landed.commit });
  if (merge?.state !== 'merged') return { changed: changed || merge?.changed === true, waitsFor: url };
  await setUp.forge.deleteBranch(setUp.name, source);
  return { changed: true };
}

/** As `mergeWhenReady`; `undefined` where the forge refuses, so that the request waits for a person, who is told so. */
export async function tryToMerge(setUp: RepositorySetUp, request: ChangeRequest): Promise<MergeOutcome | undefined> {
  try {
    return await mergeWhenReady(setUp, request);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    setUp.log.warn(`${request.url} waits to be merged: ${messageOf(error)}`);
    return undefined;
  }
}

/** Takes away the branch of a change that has been merged. */
export async function removeMergedBranch(
  { forge, name, dryRun }: RepositorySetUp,
  { source, target }: { source: string; target: string },
): Promise<void> {
  if (dryRun || (await forge.getBranch(name, source)) === undefined) return;
  if ((await forge.findChangeRequest(name, { source, target })) === undefined) await forge.deleteBranch(name, source);
}
