import { z } from 'zod';
import type { Account } from '../accounts.ts';
import { isMergeable, type MergeOutcome, mergeCommits } from '../git/merge.ts';
import type { Pull, RepositoryState } from '../repository-state.ts';
import { readJson } from '../server/read-body.ts';
import { empty, HttpFailure, json, type Reply } from '../server/reply.ts';
import { headsOf, type PullHeads, pullOf } from './pulls.ts';
import { type ApiCall, emailOf, notFound, repositoryOf, requireWrite, type World } from './world.ts';

/** Gitea takes these names in both spellings since 1.26. */
const MergeBody = z.object({
  do: z.string().optional(),
  Do: z.string().default('merge'),
  merge_title_field: z.string().optional(),
  MergeTitleField: z.string().default(''),
  merge_message_field: z.string().optional(),
  MergeMessageField: z.string().default(''),
  head_commit_id: z.string().default(''),
  merge_when_checks_succeed: z.boolean().default(false),
  delete_branch_after_merge: z.boolean().default(false),
});
const styles = ['merge', 'squash', 'fast-forward-only'] as const;
type Style = (typeof styles)[number];

const ReviewBody = z.object({ event: z.string(), body: z.string().default('') });

export interface MergeWish {
  style: Style;
  title: string;
  /** The merge is refused when the head is another one; without it any head will do. */
  head: string | undefined;
  by: Account;
}

export async function postMerge(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const state = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, state.owner);
  const body = await readJson(call.request, MergeBody);
  const pull = pullOf(state, parameters);
  const wanted = body.do ?? body.Do;
  const style = styles.find((each) => each === wanted);
  if (style === undefined) {
    throw new HttpFailure(405, `${wanted} is not allowed an allowed merge style for this repository`);
  }
  const given = (body.merge_title_field ?? body.MergeTitleField).trim();
  const title = [given || defaultTitle(pull, style), (body.merge_message_field ?? body.MergeMessageField).trim()];
  const wish = {
    style,
    title: title.filter(Boolean).join('\n\n'),
    head: body.head_commit_id || undefined,
    by: call.user,
  };
  const waiting = await whyNotYet(world, state, pull);
  if (body.merge_when_checks_succeed && pull.state === 'open' && waiting !== undefined) {
    await schedule(world, state, pull, wish);
    return empty(201);
  }
  await mergePull(world, state, pull, wish);
  return empty(200);
}

/** An approval of the head as it is; another commit on it makes it stale. */
export async function postReview(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const present = await repositoryOf(world, parameters);
  const review = await readJson(call.request, ReviewBody);
  const heads = await headsOf(world, present, pullOf(present, parameters));
  if (pullOf(present, parameters).author === call.user.name) {
    throw new HttpFailure(422, 'approve your own pull is not allowed');
  }
  const state = await world.store.update(present.owner, present.name, (each) => {
    const pull = pullOf(each, parameters);
    const others = pull.approvals.filter(({ user }) => user !== call.user.name);
    const own = review.event === 'APPROVED' ? [{ user: call.user.name, commit: heads?.head ?? '' }] : [];
    pull.approvals = [...others, ...own];
    return each;
  });
  await mergeScheduled(world, state);
  return json(200, { id: 1, state: review.event, body: review.body, commit_id: heads?.head ?? '' });
}

/** Merges one open pull request. @throws HttpFailure 404, 405 or 409 as Gitea does */
export async function mergePull(world: World, state: RepositoryState, pull: Pull, wish: MergeWish): Promise<string> {
  if (pull.state === 'closed') throw notFound();
  if (pull.state === 'merged') throw new HttpFailure(405, '');
  const heads = await headsOf(world, state, pull);
  if (heads === undefined) throw new HttpFailure(405, 'Please try again later');
  if (wish.head !== undefined && wish.head !== heads.head) throw new HttpFailure(409, 'head out of date');
  const reason = await whyNotYet(world, state, pull);
  if (reason !== undefined) throw new HttpFailure(405, reason);
  const merged = await mergeHeads(world, state, pull, heads, wish);
  const after = await world.store.update(state.owner, state.name, (each) => {
    const now = world.clock.now().toISOString();
    const { scheduled: _, ...own } = pullOf(each, { index: String(pull.number) });
    const ended = { mergeCommit: merged, mergedAt: now, mergedBy: wish.by.name, updatedAt: now };
    each.pulls = each.pulls.map((one) =>
      one.number === pull.number
        ? { ...own, ...ended, state: 'merged' as const, headCommit: heads.head, baseCommit: heads.base }
        : one,
    );
    return each;
  });
  const update = { before: heads.base, after: merged, ref: `refs/heads/${pull.base}` };
  await world.announce(after, [update], wish.by);
  return merged;
}

/** Merges what was asked to be merged later and now can be. Called whenever a status or an approval has come. */
export async function mergeScheduled(world: World, state: RepositoryState): Promise<void> {
  for (const pull of state.pulls) {
    if (pull.state !== 'open' || pull.scheduled === undefined) continue;
    if ((await whyNotYet(world, state, pull)) !== undefined) continue;
    const { style, title, head, by } = pull.scheduled;
    await mergePull(world, state, pull, { style, title, head, by: { name: by, admin: false } }).catch((error) => {
      world.log.warn(`Pull request ${pull.number} of ${state.owner}/${state.name} was not merged: ${error.message}`);
    });
  }
}

/** Why a rule of the base branch, or a conflict, is in the way; `undefined` when nothing is. */
export async function whyNotYet(world: World, state: RepositoryState, pull: Pull): Promise<string | undefined> {
  const heads = await headsOf(world, state, pull);
  if (heads === undefined) return 'Please try again later';
  const rule = state.protections.find(({ branch }) => branch === pull.base);
  const approvals = pull.approvals.filter(({ commit }) => commit === heads.head).length;
  if (approvals < (rule?.requiredApprovals ?? 0)) return 'Does not have enough approvals';
  const missing = (rule?.enableStatusCheck ? rule.statusChecks : []).filter(
    (context) => newestStatus(state, heads.head, context) !== 'success',
  );
  if (missing.length > 0) return 'Not all required status checks successful';
  const folder = world.store.gitFolder(state.owner, state.name);
  return (await isMergeable(folder, heads.base, heads.head)) ? undefined : 'Please try again later';
}

export function defaultTitle(pull: Pull, style: Style): string {
  if (style === 'squash') return `${pull.title} (#${pull.number})`;
  return `Merge pull request '${pull.title}' (#${pull.number}) from ${pull.head} into ${pull.base}`;
}

async function mergeHeads(
  world: World,
  state: RepositoryState,
  pull: Pull,
  heads: PullHeads,
  wish: MergeWish,
): Promise<string> {
  const author = { name: wish.by.name, email: emailOf(wish.by.name), date: world.clock.now().toISOString() };
  const outcome: MergeOutcome = await mergeCommits(world.store.gitFolder(state.owner, state.name), {
    base: { branch: pull.base, commit: heads.base },
    head: heads.head,
    style: wish.style,
    message: `${wish.title}\n`,
    author,
  });
  if (typeof outcome === 'object') return outcome.merged;
  if (outcome === 'moved') throw new HttpFailure(409, 'merge push out of date');
  throw new HttpFailure(409, outcome === 'conflict' ? 'merge conflict' : 'Merge DivergingFastForwardOnly Error');
}

async function schedule(world: World, state: RepositoryState, pull: Pull, wish: MergeWish): Promise<void> {
  const heads = await headsOf(world, state, pull);
  if (wish.head !== undefined && wish.head !== heads?.head) throw new HttpFailure(409, 'head out of date');
  if (heads === undefined || wish.style === 'fast-forward-only') throw new HttpFailure(405, 'Please try again later');
  const { style } = wish;
  await world.store.update(state.owner, state.name, (each) => {
    const own = pullOf(each, { index: String(pull.number) });
    if (own.scheduled?.head === heads.head) {
      throw new HttpFailure(409, 'pull request is already scheduled to auto merge when checks succeed');
    }
    own.scheduled = { style, title: wish.title, head: heads.head, by: wish.by.name };
  });
}

function newestStatus(state: RepositoryState, commit: string, context: string): string | undefined {
  return state.statuses.findLast((status) => status.commit === commit && status.context === context)?.state;
}
