import type { LandRequest } from '@luban-ci/git';
import { type Proposed, proposeChange, removeMergedBranch } from '../set-up/propose-change.ts';
import type { LocationSetUp } from './place.ts';

interface Wish {
  remove: boolean;
  mode: 'pull-request' | 'auto-merge';
}

/** By a change request from a branch of its own, which holds this one change. */
export function proposeLocation(setUp: LocationSetUp, request: LandRequest, wish: Wish): Promise<Proposed> {
  const proposal = { source: sourceBranch(setUp), body: bodyOf(setUp, wish), maker: 'registration', mode: wish.mode };
  return proposeChange(setUp, request, proposal);
}

/** The branch of a change that has been merged. */
export async function removeLeftOver(setUp: LocationSetUp, target: string): Promise<void> {
  if (!setUp.isFirst) await removeMergedBranch(setUp, { source: sourceBranch(setUp), target });
}

function sourceBranch({ location, env }: LocationSetUp): string {
  return `luban/register-${location}-${env}`;
}

function bodyOf({ location, env, server, folder }: LocationSetUp, { remove }: Wish): string {
  const address = `\`${server.host}:${server.port}\``;
  if (remove) return `The platform in ${env} no longer loads \`${location}\` from ${address}.\n`;
  return `The platform in ${env} loads \`${location}\` from ${address}: one entry of \`${folder}/workspace.yaml\`, and nothing else.\n`;
}
