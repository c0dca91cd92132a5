import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import { messageOf } from '@luban-ci/core';
import type { Account } from '../accounts.ts';
import { refusedBranches } from '../forge/branches.ts';
import { mayWrite, type World } from '../forge/world.ts';
import type { RepositoryState } from '../repository-state.ts';
import { isName } from '../server/path-segments.ts';
import { HttpFailure } from '../server/reply.ts';
import { serveGit } from './http-backend.ts';
import { hookEnvironment, readReceived } from './receive-hooks.ts';

/** A request of git's smart protocol. */
export interface GitTarget {
  owner: string;
  name: string;
  service: 'info/refs' | 'git-upload-pack' | 'git-receive-pack';
}

/** `owner/name.git/info/refs` and the two services, with or without `.git`; `undefined` for any other path. */
export function gitTarget(segments: readonly string[]): GitTarget | undefined {
  const [owner = '', repository = '', ...rest] = segments;
  const service = rest.join('/');
  if (service !== 'info/refs' && service !== 'git-upload-pack' && service !== 'git-receive-pack') return undefined;
  return { owner, name: repository.replace(/\.git$/, ''), service };
}

/** Serves fetches and pushes; after a push, webhooks hear of the refs that moved. */
export async function serveGitTarget(
  world: World,
  hooksFolder: string,
  target: GitTarget,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const query = new URL(request.url ?? '/', world.baseUrl).searchParams;
  const user = world.accounts.identify(request.headers.authorization);
  if (user === undefined) {
    throw new HttpFailure(401, 'Authentication is required', { 'www-authenticate': 'Basic realm="luban playground"' });
  }
  const state = await existing(world, target);
  const isPush = target.service === 'git-receive-pack' || query.get('service') === 'git-receive-pack';
  if (isPush && !(await mayWrite(world, user, state.owner)))
    throw new HttpFailure(403, `${user.name} may not push here`);
  const call = {
    folder: world.store.gitFolder(state.owner, state.name),
    service: target.service,
    query: query.toString(),
    user: user.name,
  };
  if (target.service !== 'git-receive-pack') return serveGit(request, response, { ...call, config: {}, env: {} });
  await receivePush(world, hooksFolder, { state, user, call }, request, response);
}

async function receivePush(
  world: World,
  hooksFolder: string,
  push: {
    state: RepositoryState;
    user: Account;
    call: { folder: string; service: string; query: string; user: string };
  },
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { state, user, call } = push;
  const received = join(hooksFolder, `received-${randomUUID()}`);
  const needsHooks = state.protections.length > 0 || state.hooks.length > 0;
  const config: Record<string, string> = needsHooks ? { 'core.hooksPath': hooksFolder } : {};
  await serveGit(request, response, {
    ...call,
    config,
    env: hookEnvironment(refusedBranches(state, user.name), received),
  });
  if (!needsHooks) return;
  const updates = await readReceived(received);
  await world.announce(state, updates, user).catch((error) => world.log.warn(messageOf(error)));
}

async function existing(world: World, target: GitTarget): Promise<RepositoryState> {
  const isPossible = isName(target.owner) && isName(target.name);
  const state = isPossible ? await world.store.read(target.owner, target.name) : undefined;
  if (state === undefined) throw new HttpFailure(404, 'There is no such repository');
  return state;
}
