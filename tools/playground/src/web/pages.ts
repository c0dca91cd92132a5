import type { IncomingMessage } from 'node:http';
import { repositoryOf, type World } from '../forge/world.ts';
import { HttpFailure, type Reply } from '../server/reply.ts';
import { findRoute, type Route } from '../server/router.ts';
import { commitPage, commitsPage } from './commit-pages.ts';
import { html } from './html.ts';
import { pageReply } from './layout.ts';
import { mergeByForm, pullPage } from './pull-page.ts';
import { repositoriesPage, repositoryPage } from './repository-pages.ts';

export interface PageCall {
  world: World;
  request: IncomingMessage;
}

const routes: readonly Route<PageCall, Reply>[] = [
  {
    method: 'GET',
    path: ':owner/:repo',
    handle: async (call, at) => repositoryPage(call.world, await repositoryOf(call.world, at)),
  },
  {
    method: 'GET',
    path: ':owner/:repo/commits/*',
    handle: async (call, at) => commitsPage(call.world, await repositoryOf(call.world, at), at['rest'] ?? ''),
  },
  {
    method: 'GET',
    path: ':owner/:repo/commit/:id',
    handle: async (call, at) => commitPage(call.world, await repositoryOf(call.world, at), at['id'] ?? ''),
  },
  {
    method: 'GET',
    path: ':owner/:repo/pulls/:index',
    handle: async (call, at) => pullPage(call.world, await repositoryOf(call.world, at), at),
  },
  {
    method: 'POST',
    path: ':owner/:repo/pulls/:index/merge',
    handle: async (call, at) => mergeByForm(call, await repositoryOf(call.world, at), at),
  },
];

/** Answers everything that is neither git, API nor registry: pages for people. */
export async function answerPage(world: World, request: IncomingMessage, segments: readonly string[]): Promise<Reply> {
  try {
    if (segments.length === 0) return await repositoriesPage(world);
    const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET');
    const found = findRoute(routes, method, segments);
    if (found === 'no-path') throw new HttpFailure(404, 'There is no such page');
    if (found === 'no-method') throw new HttpFailure(405, 'This page cannot do that');
    return await found.route.handle({ world, request }, found.parameters);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    const body = html`<h1>${error.status}</h1><p class="lead">${error.message || 'It has been done already'}</p><p><a href="/">All repositories</a></p>`;
    return pageReply({ title: String(error.status), trail: [], body }, error.status);
  }
}
