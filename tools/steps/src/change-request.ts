import type { ChangeRequest, Ensured, NewChangeRequest } from '@luban-ci/forge';
import type { ForgeRepositoryHandle } from './capabilities/forge.ts';

/**
 * The one open change request between two branches, with this title and body; any failure of the forge is a failure. A
 * body that somebody wrote there is kept where none is given.
 */
export async function ensureChangeRequest(
  { forge, name }: ForgeRepositoryHandle,
  request: NewChangeRequest,
): Promise<Ensured<ChangeRequest>> {
  const found = await forge.findChangeRequest(name, request);
  if (found === undefined) return forge.openChangeRequest(name, request);
  return forge.updateChangeRequest(name, found.number, { title: request.title, body: request.body || found.body });
}

export interface MergeOutcome {
  state: 'merged' | 'scheduled';
  changed: boolean;
}

/** Merges now, or lets the forge merge when its conditions are met, if it can. Only the head that was read is merged. */
export async function mergeWhenReady(
  { forge, name }: ForgeRepositoryHandle,
  request: ChangeRequest,
): Promise<MergeOutcome> {
  const { outcome, changed } = await forge.mergeChangeRequest(name, request.number, {
    expectedHead: request.head,
    method: 'merge',
    auto: forge.features.autoMerge,
  });
  return { state: outcome, changed };
}
