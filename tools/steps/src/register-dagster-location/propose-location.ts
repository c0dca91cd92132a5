import { messageOf, StepError } from '@luban-ci/core';
import type { LandRequest } from '@luban-ci/git';
import { ensureChangeRequest, mergeWhenReady } from '../change-request.ts';
import { removeLeftOverBranch } from '../left-over-branch.ts';
import { isSetUpMessage } from '../set-up/repository-set-up.ts';
import type { LocationSetUp } from './place.ts';

export interface Proposed {
  changed: boolean;
  /** The pull request that somebody has to merge. */
  waitsFor?: string;
}

interface Wish {
  remove: boolean;
  mode: 'pull-request' | 'auto-merge';
}

/**
 * By a change request from a branch of its own, which is cut from the branch that the environment is read from and holds
 * this one change. Every part may have been done by a run that died: each is looked for first.
 */
export async function proposeLocation(setUp: LocationSetUp, request: LandRequest, wish: Wish): Promise<Proposed> {
  const { branch: target } = request;
  const source = sourceBranch(setUp);
  await removeLeftOverBranch(
    {
      ...{ url: setUp.url, source, target, maker: 'registration' },
      isOurs: (text) => isSetUpMessage(text, setUp.mark),
    },
    setUp.git,
    setUp,
  );
  const landed = await setUp.git.land({ ...request, branch: source, createFrom: target });
  const [title = ''] = request.message.split('\n');
  const opened = await ensureChangeRequest(setUp, { source, target, title, body: bodyOf(setUp, wish) });
  const changed = landed.changed || opened.changed;
  const { url } = opened.value;
  if (wish.mode === 'pull-request') return { changed, waitsFor: url };
  try {
    const merge = await mergeWhenReady(setUp, { ...opened.value, head: landed.commit });
    if (merge.state !== 'merged') return { changed: changed || merge.changed, waitsFor: url };
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    setUp.log.warn(`${url} waits to be merged: ${messageOf(error)}`);
    return { changed, waitsFor: url };
  }
  await setUp.forge.deleteBranch(setUp.name, source);
  return { changed: true };
}

/** The branch of a change that has been merged. */
export async function removeLeftOver(setUp: LocationSetUp, target: string): Promise<void> {
  const { forge, name, dryRun } = setUp;
  const source = sourceBranch(setUp);
  if (dryRun || setUp.isFirst || (await forge.getBranch(name, source)) === undefined) return;
  if ((await forge.findChangeRequest(name, { source, target })) === undefined) await forge.deleteBranch(name, source);
}

function sourceBranch({ location, env }: LocationSetUp): string {
  return `luban/register-${location}-${env}`;
}

function bodyOf({ location, env, server, folder }: LocationSetUp, { remove }: Wish): string {
  const address = `\`${server.host}:${server.port}\``;
  if (remove) return `The platform in ${env} no longer loads \`${location}\` from ${address}.\n`;
  return `The platform in ${env} loads \`${location}\` from ${address}: one entry of \`${folder}/workspace.yaml\`, and nothing else.\n`;
}
