import type { Account } from '../accounts.ts';
import { HttpFailure, json, type Reply } from '../server/reply.ts';
import { findRoute, type Route } from '../server/router.ts';
import { type HarborCall, refusal } from './harbor-call.ts';
import * as labels from './labels.ts';
import * as projects from './projects.ts';
import * as robots from './robots.ts';

/** Everything of Harbor's API 2.0 that the playground speaks. */
const routes: readonly Route<HarborCall, Reply>[] = [
  { method: 'GET', path: 'projects', handle: projects.getProjects },
  { method: 'POST', path: 'projects', handle: projects.postProject },
  { method: 'PUT', path: 'projects/:project', handle: projects.putProject },
  { method: 'DELETE', path: 'projects/:project', handle: projects.deleteProject },
  { method: 'GET', path: 'projects/:project/_deletable', handle: projects.getDeletable },
  { method: 'GET', path: 'robots', handle: robots.getRobots },
  { method: 'POST', path: 'robots', handle: robots.postRobot },
  { method: 'PUT', path: 'robots/:robot', handle: robots.putRobot },
  { method: 'PATCH', path: 'robots/:robot', handle: robots.patchRobot },
  { method: 'DELETE', path: 'robots/:robot', handle: robots.deleteRobot },
  { method: 'GET', path: 'labels', handle: labels.getLabels },
  { method: 'POST', path: 'labels', handle: labels.postLabel },
  { method: 'DELETE', path: 'labels/:label', handle: labels.deleteLabel },
];

/** Answers a call below `/api/v2.0`, which only an administrator may make here. */
export async function answerHarbor(
  call: Omit<HarborCall, 'user'>,
  account: Account | undefined,
  segments: readonly string[],
): Promise<Reply> {
  if (account === undefined) return refusal(401, 'unauthorized');
  if (!account.admin) return refusal(403, 'forbidden');
  const found = findRoute(routes, call.request.method ?? 'GET', segments);
  if (found === 'no-path') return refusal(404, 'the playground has no such part of Harbor');
  if (found === 'no-method') return json(405, { code: 405, message: `method ${call.request.method} is not allowed` });
  try {
    return await found.route.handle({ ...call, user: account.name }, found.parameters);
  } catch (error) {
    if (!(error instanceof HttpFailure)) throw error;
    return refusal(error.status === 422 ? 400 : error.status, error.message, error.headers);
  }
}
