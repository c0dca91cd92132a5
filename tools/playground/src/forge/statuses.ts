import { z } from 'zod';
import { resolveCommit } from '../git/git-repository.ts';
import type { RepositoryState, Status } from '../repository-state.ts';
import { readJson } from '../server/read-body.ts';
import { json, type Reply } from '../server/reply.ts';
import { mergeScheduled } from './merging.ts';
import { paged } from './pages.ts';
import { repositoryShape, statusShape } from './shapes.ts';
import { type ApiCall, notFound, repositoryOf, requireWrite, type World } from './world.ts';

const NewStatus = z.object({
  state: z.enum(['pending', 'success', 'error', 'failure', 'warning']),
  context: z.string().default('default'),
  description: z.string().default(''),
  target_url: z.string().nullish(),
});

export async function postStatus(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const present = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, present.owner);
  const wanted = await readJson(call.request, NewStatus);
  const commit = await commitOf(world, present, parameters['sha'] ?? '');
  const { state, status } = await world.store.update(present.owner, present.name, (each) => {
    const created: Status = {
      id: each.nextId,
      commit,
      context: wanted.context,
      state: wanted.state,
      description: wanted.description,
      targetUrl: wanted.target_url ?? '',
      creator: call.user.name,
      createdAt: world.clock.now().toISOString(),
    };
    each.nextId += 1;
    each.statuses.push(created);
    return { state: each, status: created };
  });
  await mergeScheduled(world, state);
  return json(201, statusShape(world, state, status));
}

/** Newest first. */
export async function getStatuses(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  const sha = parameters['sha'] ?? '';
  const commit = await commitOf(call.world, state, sha);
  const shapes = state.statuses
    .filter((status) => status.commit === commit)
    .toReversed()
    .map((status) => statusShape(call.world, state, status));
  return paged(call, `repos/${state.owner}/${state.name}/statuses/${sha}`, shapes);
}

/** The newest status of every context, and the worst of them. */
export async function getCombinedStatus(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  const commit = await commitOf(call.world, state, parameters['sha'] ?? '');
  const newest = newestStatuses(state, commit);
  return json(200, {
    sha: commit,
    state: combinedState(newest),
    total_count: newest.length,
    statuses: newest.map((status) => statusShape(call.world, state, status)),
    repository: repositoryShape(call.world, state, false),
  });
}

export function newestStatuses(state: RepositoryState, commit: string): Status[] {
  const byContext = new Map(
    state.statuses.filter((status) => status.commit === commit).map((status) => [status.context, status] as const),
  );
  return [...byContext.values()];
}

export function combinedState(statuses: readonly Status[]): Status['state'] {
  const worstFirst = ['error', 'failure', 'warning', 'pending', 'success'] as const;
  return worstFirst.find((state) => statuses.some((status) => status.state === state)) ?? 'pending';
}

/** A commit by its id, or by a branch's name. */
async function commitOf(world: World, state: RepositoryState, text: string): Promise<string> {
  const folder = world.store.gitFolder(state.owner, state.name);
  const commit = (await resolveCommit(folder, text)) ?? (await resolveCommit(folder, `refs/heads/${text}`));
  if (commit === undefined) throw notFound(`object does not exist [id: ${text.slice(0, 80)}, rel_path: ]`);
  return commit;
}
