import type { IncomingMessage } from 'node:http';
import type { Account } from '../accounts.ts';
import { HttpFailure, json, type Reply } from '../server/reply.ts';
import { findRoute, type Route } from '../server/router.ts';
import * as branches from './branches.ts';
import * as contents from './contents.ts';
import * as discussion from './discussion.ts';
import * as hooks from './hooks.ts';
import * as merging from './merging.ts';
import * as pulls from './pulls.ts';
import * as repositories from './repositories.ts';
import * as statuses from './statuses.ts';
import type { ApiCall, World } from './world.ts';

const repository = 'repos/:owner/:repo';

/** Everything of Gitea's API v1 that the playground speaks. */
const routes: readonly Route<ApiCall, Reply>[] = [
  { method: 'GET', path: 'version', handle: async () => json(200, { version: '1.26.0+luban-playground' }) },
  { method: 'GET', path: 'user', handle: repositories.getUser },
  { method: 'POST', path: 'user/repos', handle: repositories.postUserRepository },
  { method: 'POST', path: 'orgs', handle: repositories.postOrganization },
  { method: 'GET', path: 'orgs/:org', handle: repositories.getOrganization },
  { method: 'POST', path: 'orgs/:org/repos', handle: repositories.postOrganizationRepository },
  { method: 'GET', path: repository, handle: repositories.getRepository },
  { method: 'PATCH', path: repository, handle: repositories.patchRepository },
  { method: 'DELETE', path: repository, handle: repositories.deleteRepository },
  { method: 'GET', path: `${repository}/branches`, handle: branches.getBranches },
  { method: 'GET', path: `${repository}/branches/*`, handle: branches.getBranch },
  { method: 'DELETE', path: `${repository}/branches/*`, handle: branches.deleteBranch },
  { method: 'GET', path: `${repository}/branch_protections`, handle: branches.getProtections },
  { method: 'POST', path: `${repository}/branch_protections`, handle: branches.postProtection },
  { method: 'GET', path: `${repository}/branch_protections/*`, handle: branches.getProtection },
  { method: 'PATCH', path: `${repository}/branch_protections/*`, handle: branches.patchProtection },
  { method: 'GET', path: `${repository}/pulls`, handle: pulls.getPulls },
  { method: 'POST', path: `${repository}/pulls`, handle: pulls.postPull },
  { method: 'GET', path: `${repository}/pulls/:index`, handle: pulls.getPull },
  { method: 'PATCH', path: `${repository}/pulls/:index`, handle: pulls.patchPull },
  { method: 'POST', path: `${repository}/pulls/:index/merge`, handle: merging.postMerge },
  { method: 'POST', path: `${repository}/pulls/:index/reviews`, handle: merging.postReview },
  { method: 'GET', path: `${repository}/labels`, handle: discussion.getRepositoryLabels },
  { method: 'POST', path: `${repository}/labels`, handle: discussion.postRepositoryLabel },
  { method: 'GET', path: `${repository}/issues/:index/labels`, handle: discussion.getPullLabels },
  { method: 'POST', path: `${repository}/issues/:index/labels`, handle: discussion.postPullLabels },
  { method: 'GET', path: `${repository}/issues/:index/comments`, handle: discussion.getComments },
  { method: 'POST', path: `${repository}/issues/:index/comments`, handle: discussion.postComment },
  { method: 'PATCH', path: `${repository}/issues/comments/:id`, handle: discussion.patchComment },
  { method: 'GET', path: `${repository}/contents/*`, handle: contents.getContents },
  { method: 'POST', path: `${repository}/contents`, handle: contents.postContents },
  { method: 'GET', path: `${repository}/statuses/:sha`, handle: statuses.getStatuses },
  { method: 'POST', path: `${repository}/statuses/:sha`, handle: statuses.postStatus },
  { method: 'GET', path: `${repository}/commits/:sha/status`, handle: statuses.getCombinedStatus },
  { method: 'GET', path: `${repository}/commits/:sha/statuses`, handle: statuses.getStatuses },
  { method: 'GET', path: `${repository}/hooks`, handle: hooks.getHooks },
  { method: 'POST', path: `${repository}/hooks`, handle: hooks.postHook },
  { method: 'PATCH', path: `${repository}/hooks/:id`, handle: hooks.patchHook },
  { method: 'DELETE', path: `${repository}/hooks/:id`, handle: hooks.deleteHook },
];

/** Answers a call below `/api/v1`. Errors have Gitea's form: `{ "message": …, "url": … }`. */
export async function answerApi(
  world: World,
  request: IncomingMessage,
  segments: readonly string[],
  query: URLSearchParams,
): Promise<Reply> {
  const user = world.accounts.identify(request.headers.authorization);
  try {
    return await routed(world, request, segments, { query, user });
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return json(error.status, { message: error.message, url: `${world.baseUrl}/api/swagger` }, error.headers);
  }
}

async function routed(
  world: World,
  request: IncomingMessage,
  segments: readonly string[],
  { query, user }: { query: URLSearchParams; user: Account | undefined },
): Promise<Reply> {
  const found = findRoute(routes, request.method ?? 'GET', segments);
  if (found === 'no-path') throw new HttpFailure(404, 'Not Found');
  if (found === 'no-method') throw new HttpFailure(405, 'Method Not Allowed');
  if (user === undefined && found.route.path !== 'version') throw new HttpFailure(401, 'token is required');
  const account = user ?? { name: '', admin: false };
  return found.route.handle({ world, request, query, user: account }, found.parameters);
}
