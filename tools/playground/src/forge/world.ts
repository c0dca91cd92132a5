import type { IncomingMessage } from 'node:http';
import type { Clock, Log } from '@luban-ci/core';
import type { Account, Accounts } from '../accounts.ts';
import type { RefUpdate } from '../git/receive-hooks.ts';
import type { RepositoryState } from '../repository-state.ts';
import { isName } from '../server/path-segments.ts';
import { HttpFailure } from '../server/reply.ts';
import type { Store } from '../store.ts';

/** What every part of the forge works with. */
export interface World {
  store: Store;
  accounts: Accounts;
  clock: Clock;
  log: Log;
  /** `http://127.0.0.1:3000`, without a slash at its end. */
  baseUrl: string;
  /** Tells webhooks about refs that have moved; resolves when every delivery has ended. */
  announce(state: RepositoryState, updates: readonly RefUpdate[], by: Account): Promise<void>;
}

/** One call of the API. */
export interface ApiCall {
  world: World;
  request: IncomingMessage;
  query: URLSearchParams;
  user: Account;
}

/** The repository a path names. @throws HttpFailure 404 as Gitea words it */
export async function repositoryOf(world: World, parameters: Record<string, string>): Promise<RepositoryState> {
  const { owner = '', repo = '' } = parameters;
  const state = isName(owner) && isName(repo) ? await world.store.read(owner, repo) : undefined;
  if (state === undefined) throw notFound();
  return state;
}

/** @throws HttpFailure 403 for an account that may only read */
export async function requireWrite(world: World, user: Account, owner: string): Promise<void> {
  if (await mayWrite(world, user, owner)) return;
  throw new HttpFailure(403, 'user should have a permission to write to a repo');
}

export async function mayWrite(world: World, user: Account, owner: string): Promise<boolean> {
  if (user.admin || user.name === owner) return true;
  const organization = (await world.store.organizations()).find(({ name }) => name === owner);
  return organization?.members.includes(user.name) ?? false;
}

export function notFound(message = "The target couldn't be found."): HttpFailure {
  return new HttpFailure(404, message);
}

export function webUrlOf(world: World, state: { owner: string; name: string }): string {
  return `${world.baseUrl}/${state.owner}/${state.name}`;
}

export function emailOf(name: string): string {
  return `${name}@playground.localhost`;
}
