import { z } from 'zod';
import { mergeBase, tipOf } from '../git/git-repository.ts';
import { isMergeable } from '../git/merge.ts';
import type { Pull, RepositoryState } from '../repository-state.ts';
import { readJson } from '../server/read-body.ts';
import { HttpFailure, json, type Reply } from '../server/reply.ts';
import { paged } from './pages.ts';
import { labelShape, repositoryShape, userShape } from './shapes.ts';
import { type ApiCall, notFound, repositoryOf, requireWrite, type World, webUrlOf } from './world.ts';

const NewPull = z.object({
  head: z.string(),
  base: z.string(),
  title: z.string().min(1),
  body: z.string().default(''),
});
const PullEdit = z.object({
  title: z.string().optional(),
  body: z.string().optional(),
  state: z.enum(['open', 'closed']).optional(),
});

/** A pull request with where its branches stand now, or stood when it ended. */
export interface PullHeads {
  head: string;
  base: string;
  mergeBase: string;
}

export async function getPulls(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const state = await repositoryOf(world, parameters);
  const wanted = call.query.get('state') ?? 'open';
  const pulls = state.pulls
    .filter((pull) => wanted === 'all' || (pull.state === 'open' ? 'open' : 'closed') === wanted)
    .toReversed();
  const shapes = await Promise.all(pulls.map((pull) => pullShape(world, state, pull)));
  return paged(call, `repos/${state.owner}/${state.name}/pulls`, shapes);
}

export async function getPull(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  return json(200, await pullShape(call.world, state, pullOf(state, parameters)));
}

export async function postPull(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const present = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, present.owner);
  const wanted = await readJson(call.request, NewPull);
  const head = wanted.head.replace(`${present.owner}:`, '');
  const heads = await headsOfBranches(world, present, head, wanted.base);
  if (heads === undefined) throw notFound();
  if (heads.head === heads.mergeBase) throw new HttpFailure(422, 'There are no changes between the head and the base');
  const state = await world.store.update(present.owner, present.name, (each) => {
    const same = each.pulls.find((pull) => pull.state === 'open' && pull.head === head && pull.base === wanted.base);
    if (same !== undefined) {
      throw new HttpFailure(409, `pull request already exists for these targets [id: ${same.number}]`);
    }
    each.pulls.push(newPull(each, { ...wanted, head }, call.user.name, world.clock.now().toISOString()));
    return each;
  });
  const pull = state.pulls.at(-1);
  if (pull === undefined) throw notFound();
  return json(201, await pullShape(world, state, pull));
}

export async function patchPull(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const present = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, present.owner);
  const edit = await readJson(call.request, PullEdit);
  const heads = await headsOf(world, present, pullOf(present, parameters));
  const state = await world.store.update(present.owner, present.name, (each) => {
    const pull = pullOf(each, parameters);
    if (edit.state !== undefined && pull.state === 'merged') throw new HttpFailure(412, 'cannot change state: merged');
    pull.title = edit.title ?? pull.title;
    pull.body = edit.body ?? pull.body;
    pull.state = edit.state ?? pull.state;
    if (edit.state === 'closed') Object.assign(pull, { headCommit: heads?.head, baseCommit: heads?.base });
    pull.updatedAt = world.clock.now().toISOString();
    return each;
  });
  return json(201, await pullShape(world, state, pullOf(state, parameters)));
}

export function pullOf(state: RepositoryState, parameters: Record<string, string>): Pull {
  const pull = state.pulls.find(({ number }) => String(number) === parameters['index']);
  if (pull === undefined) throw notFound();
  return pull;
}

/** `undefined` when a branch is gone, or the two share no history. */
export async function headsOf(world: World, state: RepositoryState, pull: Pull): Promise<PullHeads | undefined> {
  if (pull.headCommit === undefined || pull.baseCommit === undefined) {
    return headsOfBranches(world, state, pull.head, pull.base);
  }
  const folder = world.store.gitFolder(state.owner, state.name);
  const common = await mergeBase(folder, pull.baseCommit, pull.headCommit);
  return { head: pull.headCommit, base: pull.baseCommit, mergeBase: common ?? pull.baseCommit };
}

async function headsOfBranches(
  world: World,
  state: RepositoryState,
  headBranch: string,
  baseBranch: string,
): Promise<PullHeads | undefined> {
  const folder = world.store.gitFolder(state.owner, state.name);
  const [head, base] = [await tipOf(folder, headBranch), await tipOf(folder, baseBranch)];
  if (head === undefined || base === undefined) return undefined;
  const common = await mergeBase(folder, base, head);
  return common === undefined ? undefined : { head, base, mergeBase: common };
}

function newPull(
  state: RepositoryState,
  wanted: { head: string; base: string; title: string; body: string },
  author: string,
  now: string,
): Pull {
  const number = Math.max(0, ...state.pulls.map((pull) => pull.number)) + 1;
  const { head, base, title, body } = wanted;
  const empty = { labels: [], comments: [], approvals: [] };
  return { number, title, body, author, head, base, state: 'open', createdAt: now, updatedAt: now, ...empty };
}

async function pullShape(world: World, state: RepositoryState, pull: Pull) {
  const heads = await headsOf(world, state, pull);
  const folder = world.store.gitFolder(state.owner, state.name);
  const repo = repositoryShape(world, state, false);
  const url = `${webUrlOf(world, state)}/pulls/${pull.number}`;
  const side = (ref: string, sha: string | undefined) => ({
    label: ref,
    ref,
    sha: sha ?? '',
    repo_id: state.id,
    repo,
  });
  return {
    id: pull.number,
    number: pull.number,
    url,
    html_url: url,
    diff_url: `${url}.diff`,
    user: userShape(pull.author),
    title: pull.title,
    body: pull.body,
    labels: state.labels.filter(({ id }) => pull.labels.includes(id)).map((each) => labelShape(world, state, each)),
    comments: pull.comments.length,
    state: pull.state === 'open' ? 'open' : 'closed',
    draft: false,
    is_locked: false,
    mergeable: pull.state === 'open' && heads !== undefined && (await isMergeable(folder, heads.base, heads.head)),
    merged: pull.state === 'merged',
    merged_at: pull.mergedAt ?? null,
    merge_commit_sha: pull.mergeCommit ?? null,
    merged_by: pull.mergedBy === undefined ? null : userShape(pull.mergedBy),
    head: side(pull.head, heads?.head),
    base: side(pull.base, heads?.base),
    merge_base: heads?.mergeBase ?? '',
    created_at: pull.createdAt,
    updated_at: pull.updatedAt,
    closed_at: pull.state === 'open' ? null : pull.updatedAt,
  };
}
