import { createHmac, randomUUID } from 'node:crypto';
import { isLoopback, messageOf } from '@luban-ci/core';
import type { Account } from '../accounts.ts';
import { changedPaths, listCommits, resolveCommit } from '../git/git-repository.ts';
import type { RefUpdate } from '../git/receive-hooks.ts';
import type { Hook, RepositoryState } from '../repository-state.ts';
import { commitShape, repositoryShape, userShape } from './shapes.ts';
import { type World, webUrlOf } from './world.ts';

const noCommit = '0'.repeat(40);
const mostCommits = 30;
const timeoutSeconds = 10;

/** Sends Gitea's `push` event for every ref that moved to every hook that wants it. Failures are told, never thrown. */
export async function announcePush(
  world: World,
  state: RepositoryState,
  updates: readonly RefUpdate[],
  by: Account,
): Promise<void> {
  const hooks = state.hooks.filter((hook) => hook.active && hook.events.includes('push'));
  if (hooks.length === 0) return;
  for (const update of updates.filter(({ ref }) => /^refs\/(?:heads|tags)\//.test(ref))) {
    const body = JSON.stringify(await pushPayload(world, state, update, by));
    await Promise.all(hooks.map((hook) => deliver(world, hook, 'push', body)));
  }
}

/** Gitea's headers: the signature is the hexadecimal HMAC-SHA256 of the body, with the hook's secret as key. */
export function deliveryHeaders(event: string, secret: string, body: string): Record<string, string> {
  const signature = secret === '' ? '' : createHmac('sha256', secret).update(body).digest('hex');
  const id = randomUUID();
  return {
    'content-type': 'application/json',
    'x-gitea-delivery': id,
    'x-gitea-event': event,
    'x-gitea-event-type': event,
    'x-gitea-signature': signature,
    'x-github-delivery': id,
    'x-github-event': event,
    'x-hub-signature-256': `sha256=${signature}`,
  };
}

async function deliver(world: World, hook: Hook, event: string, body: string): Promise<void> {
  const { host } = new URL(hook.url);
  if (!isLoopback(host)) {
    world.log.warn(`The webhook to ${host} was not sent: the playground calls only this machine`);
    return;
  }
  try {
    const response = await fetch(hook.url, {
      method: 'POST',
      headers: deliveryHeaders(event, hook.secret, body),
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutSeconds * 1000),
    });
    await response.body?.cancel();
    if (!response.ok) world.log.warn(`The webhook to ${host} was answered with ${response.status}`);
  } catch (error) {
    world.log.warn(`The webhook to ${host} did not arrive: ${messageOf(error)}`);
  }
}

async function pushPayload(world: World, state: RepositoryState, update: RefUpdate, by: Account) {
  const folder = world.store.gitFolder(state.owner, state.name);
  const isBranch = update.ref.startsWith('refs/heads/');
  const tip = update.after === noCommit ? undefined : await resolveCommit(folder, update.after);
  const range = update.before === noCommit || tip === undefined ? [] : [tip, `^${update.before}`];
  const firstRange = isBranch && tip !== undefined && update.before === noCommit ? [tip] : range;
  const commits = isBranch && firstRange.length > 0 ? await listCommits(folder, firstRange, mostCommits) : [];
  const shapes = await Promise.all(
    commits.map(async (commit) => ({
      ...commitShape(world, state, commit),
      ...(await changedPaths(folder, commit.id)),
    })),
  );
  const [head] = tip === undefined ? [] : await listCommits(folder, [tip], 1);
  return {
    ref: update.ref,
    before: update.before,
    after: update.after,
    compare_url: `${webUrlOf(world, state)}/compare/${update.before}...${update.after}`,
    commits: shapes,
    total_commits: shapes.length,
    head_commit:
      head === undefined ? null : { ...commitShape(world, state, head), ...(await changedPaths(folder, head.id)) },
    repository: repositoryShape(world, state, false),
    pusher: userShape(by.name),
    sender: userShape(by.name),
  };
}
