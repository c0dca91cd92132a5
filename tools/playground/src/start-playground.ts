import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { join, resolve } from 'node:path';
import { type Clock, InputError, isLoopback, type Log, silentLog, systemClock } from '@luban-ci/core';
import { createAccounts, openAccount, type PlaygroundUser } from './accounts.ts';
import { announcePush } from './forge/deliveries.ts';
import { createRepository, isFreeName } from './forge/repositories.ts';
import type { World } from './forge/world.ts';
import { writeReceiveHooks } from './git/receive-hooks.ts';
import { createHarborStore } from './harbor/harbor-state.ts';
import { createCluster } from './kubernetes/cluster.ts';
import { createContentStore } from './registry/content-store.ts';
import { createSite } from './server/site.ts';
import { createStore } from './store.ts';

export interface PlaygroundOptions {
  /** Keeps everything; a second start with the same folder goes on where the first one ended. Absolute. */
  folder: string;
  /** A loopback address. Default `127.0.0.1`. */
  host?: string;
  /** Default: any that is free. */
  port?: number;
  /** Who may use it. Without any, everybody on this machine is its one administrator, `luban`. */
  users?: readonly PlaygroundUser[];
  /** Organisations that are there from the start; the administrator and the members named may write in them. */
  organizations?: readonly { name: string; members?: readonly string[] }[];
  clock?: Clock;
  log?: Log;
  /** Answers `/-/health`, so that a caller can tell this playground from any other process on its port. */
  instance?: string;
  /** Called for `POST /-/stop`; without it nobody can stop the playground from outside. */
  onStop?: () => void;
}

/** A running playground: `await using playground = await startPlayground({ folder })`. */
export interface Playground extends AsyncDisposable {
  /** Web page, and what git URLs and the forge's API begin with: `http://127.0.0.1:3000`. */
  url: string;
  /** Registry as image references begin: `127.0.0.1:3000`. */
  registry: string;
  instance: string;
  /** URL for git. */
  cloneUrl(owner: string, repository: string): string;
  /**
   * Makes a repository without going through the API, unless it is there. The owner becomes an organisation when it is
   * not known. Answers the URL for git.
   */
  createRepository(owner: string, repository: string, options?: { defaultBranch?: string }): Promise<string>;
  /** Resolves when every call and every webhook that is on its way has ended. */
  idle(): Promise<void>;
}

/**
 * Git over smart HTTP, a forge and an OCI registry on one port of this machine.
 *
 * @throws InputError when the host is not this machine
 */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const host = options.host ?? '127.0.0.1';
  if (!isLoopback(host)) throw new InputError(`The playground listens on this machine only, not on ${host}`);
  const folder = resolve(options.folder);
  const hooksFolder = join(folder, 'hooks');
  await mkdir(folder, { recursive: true });
  await writeReceiveHooks(hooksFolder);
  const ready = Promise.withResolvers<RequestListener>();
  // Whoever calls before everything is set up waits for it.
  const server = createServer((request, response) => ready.promise.then((site) => site(request, response)));
  const port = await listen(server, host, options.port ?? 0);
  const registry = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const deliveries = createDeliveries();
  const world = createWorld(options, folder, `http://${registry}`, deliveries.track);
  await ensureOrganizations(world, options);
  const instance = options.instance ?? randomUUID();
  const content = createContentStore(join(folder, 'registry'));
  ready.resolve(
    createSite({
      world,
      content,
      harbor: createHarborStore(folder),
      cluster: createCluster(folder, world.clock),
      hooksFolder,
      instance,
      port,
      onStop: options.onStop,
      track: deliveries.track,
    }),
  );
  return {
    url: world.baseUrl,
    registry,
    instance,
    cloneUrl: (owner, repository) => `${world.baseUrl}/${owner}/${repository}.git`,
    createRepository: async (owner, repository, { defaultBranch = 'main' } = {}) => {
      await ensureRepository(world, { owner, name: repository, defaultBranch });
      return `${world.baseUrl}/${owner}/${repository}.git`;
    },
    idle: deliveries.idle,
    [Symbol.asyncDispose]: async () => {
      await close(server);
      await deliveries.idle();
    },
  };
}

function createWorld(
  options: PlaygroundOptions,
  folder: string,
  baseUrl: string,
  track: (work: Promise<void>) => void,
): World {
  const world: World = {
    store: createStore(folder),
    accounts: createAccounts(options.users ?? []),
    clock: options.clock ?? systemClock,
    log: options.log ?? silentLog,
    baseUrl,
    // Hooks are told after the caller has its answer, as a forge does it; stopping waits for them.
    announce: async (state, updates, by) => track(announcePush(world, state, updates, by)),
  };
  return world;
}

interface Deliveries {
  track(work: Promise<void>): void;
  idle(): Promise<void>;
}

function createDeliveries(): Deliveries {
  const pending = new Set<Promise<void>>();
  return {
    track: (work) => {
      const settled = work.catch(() => {}).finally(() => pending.delete(settled));
      pending.add(settled);
    },
    idle: async () => {
      while (pending.size > 0) await Promise.all(pending);
    },
  };
}

async function ensureOrganizations(world: World, options: PlaygroundOptions): Promise<void> {
  const present = (await world.store.organizations()).map(({ name }) => name);
  for (const { name, members = [] } of options.organizations ?? []) {
    if (!present.includes(name)) await world.store.addOrganization({ name, members: [...members] });
  }
}

async function ensureRepository(
  world: World,
  wanted: { owner: string; name: string; defaultBranch: string },
): Promise<void> {
  if (!isFreeName(wanted.owner) || !isFreeName(wanted.name)) {
    throw new InputError(`${JSON.stringify(`${wanted.owner}/${wanted.name}`)} cannot name a repository`);
  }
  if ((await world.store.read(wanted.owner, wanted.name)) !== undefined) return;
  await ensureOwner(world, wanted.owner);
  await createRepository(world, { ...wanted, description: '', private: true });
}

async function ensureOwner(world: World, owner: string): Promise<void> {
  if (owner === openAccount.name || world.accounts.exists(owner)) return;
  const organizations = await world.store.organizations();
  if (organizations.some(({ name }) => name === owner)) return;
  await world.store.addOrganization({ name: owner, members: [] });
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolveListen, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolveListen(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

const graceMilliseconds = 2000;

/** Lets calls end, and cuts off those that do not. */
function close(server: Server): Promise<void> {
  return new Promise((resolveClose) => {
    const cut = setTimeout(() => server.closeAllConnections(), graceMilliseconds);
    server.close(() => {
      clearTimeout(cut);
      resolveClose();
    });
    server.closeIdleConnections();
  });
}
