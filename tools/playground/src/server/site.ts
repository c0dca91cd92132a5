import type { IncomingMessage, ServerResponse } from 'node:http';
import { isLoopback, messageOf } from '@luban-ci/core';
import { answerApi } from '../forge/api.ts';
import type { World } from '../forge/world.ts';
import { gitTarget, serveGitTarget } from '../git/git-site.ts';
import { answerHarbor } from '../harbor/answer-harbor.ts';
import type { HarborStore } from '../harbor/harbor-state.ts';
import { withRobots } from '../harbor/robot-accounts.ts';
import { answerKubernetes, kubernetesRequest, refuseAccount } from '../kubernetes/answer-kubernetes.ts';
import type { Cluster } from '../kubernetes/cluster.ts';
import type { ContentStore } from '../registry/content-store.ts';
import { serveRegistry } from '../registry/registry-site.ts';
import { answerPage } from '../web/pages.ts';
import { pathSegments } from './path-segments.ts';
import { empty, HttpFailure, json, type Reply, sendReply } from './reply.ts';

export interface SiteOptions {
  world: World;
  content: ContentStore;
  harbor: HarborStore;
  cluster: Cluster;
  hooksFolder: string;
  instance: string;
  port: number;
  onStop: (() => void) | undefined;
  /** Told of every call, so that somebody can wait for what it does after its answer has been sent. */
  track: (work: Promise<void>) => void;
}

/** Hands every request to git, the registry, the API or the pages. */
export function createSite(options: SiteOptions): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    const served = serve(options, request, response).catch((error: unknown) => answerFailure(options, error, response));
    options.track(served);
  };
}

function answerFailure(options: SiteOptions, error: unknown, response: ServerResponse): void {
  const isExpected = error instanceof HttpFailure;
  if (!isExpected) options.world.log.error(messageOf(error));
  if (response.headersSent) {
    response.destroy();
    return;
  }
  const { status, headers } = isExpected ? error : { status: 500, headers: {} };
  const message = isExpected ? error.message : 'The playground failed; its log says why';
  sendReply(response, json(status, { message }, headers), false);
}

async function serve(options: SiteOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { world } = options;
  refuseForeignHost(request, options.port);
  refuseForeignOrigin(request);
  const target = request.url ?? '/';
  const segments = pathSegments(target);
  const [first, second] = segments;
  if (first === 'v2') {
    const use = { method: request.method ?? 'GET', repository: segments.slice(1).join('/') };
    const accounts = await withRobots(world.accounts, options.harbor, use);
    return serveRegistry(options.content, accounts, segments.slice(1), request, response);
  }
  const git = gitTarget(segments);
  if (git !== undefined) return serveGitTarget(world, options.hooksFolder, git, request, response);
  const query = new URLSearchParams(/\?([^#]*)/.exec(target)?.[1]);
  const isHead = request.method === 'HEAD';
  if (first === 'api' && second === 'v1') {
    return sendReply(response, await answerApi(world, request, segments.slice(2), query), isHead);
  }
  if (first === 'api' && second === 'v2.0') {
    const call = { store: options.harbor, content: options.content, clock: world.clock, request, query };
    const account = world.accounts.identify(request.headers.authorization);
    return sendReply(response, await answerHarbor(call, account, segments.slice(2)), isHead);
  }
  if (first === 'kubernetes') {
    const refused = refuseAccount(world.accounts.identify(request.headers.authorization));
    const asked = await kubernetesRequest(request, segments.slice(1), query);
    return sendReply(response, refused ?? (await answerKubernetes(options.cluster, asked)), isHead);
  }
  if (first === '-') return sendReply(response, controlReply(options, request, second), isHead);
  return sendReply(response, await answerPage(world, request, segments), isHead);
}

/**
 * A name that somebody else's DNS points to this machine must not get through (DNS rebinding): a browser would let that
 * page read everything here.
 */
function refuseForeignHost(request: IncomingMessage, port: number): void {
  const host = (request.headers.host ?? '').toLowerCase();
  const isOurs = isLoopback(host) && (host.endsWith(`:${port}`) || port === 80);
  if (!isOurs) throw new HttpFailure(421, 'This playground answers only to the name of this machine');
}

/** A page of another site may make a browser send things here; browsers say where such a request comes from. */
function refuseForeignOrigin(request: IncomingMessage): void {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const { origin, host } = request.headers;
  if (origin === undefined || origin.toLowerCase() === `http://${host}`.toLowerCase()) return;
  throw new HttpFailure(403, 'A page of another site may not change anything here');
}

/** `/-/health` tells who is here; `/-/stop` is for an administrator. */
function controlReply(options: SiteOptions, request: IncomingMessage, what: string | undefined): Reply {
  if (what === 'health' && request.method === 'GET') return json(200, { instance: options.instance });
  if (what !== 'stop' || request.method !== 'POST' || options.onStop === undefined) {
    throw new HttpFailure(404, 'There is no such page');
  }
  // A form of a foreign page cannot set this header, so without users too nobody stops it from a browser.
  if (request.headers.authorization === undefined) throw new HttpFailure(401, 'A token is required');
  const account = options.world.accounts.identify(request.headers.authorization);
  if (account?.admin !== true) throw new HttpFailure(403, 'Only an administrator may stop the playground');
  setImmediate(options.onStop);
  return empty(202);
}
