import type { PullModel, RepositoryModel } from '../../testing/repository-model.ts';
import { type Answer, type Call, list, text } from '../../testing/stand-in-server.ts';

export interface GitLabHookModel {
  id: number;
  url: string;
  token: string;
  custom_headers: readonly unknown[];
  push_events: boolean;
  tag_push_events: boolean;
  merge_requests_events: boolean;
  note_events: boolean;
  enable_ssl_verification: boolean;
}

export interface GitLabProjectModel extends RepositoryModel {
  protections: Map<string, { id: number; push: number; merge: number; allowForcePush: boolean }>;
  pipelineMustSucceed: boolean;
  approvalRules: { id: number; name: string; approvals: number; branches: number[] }[];
  hooks: GitLabHookModel[];
}

export interface GitLabWorld {
  /** Groups by their whole path. */
  groups: Map<string, number>;
  projects: Map<string, GitLabProjectModel>;
  /** Approval rules are a feature of the paid tiers. */
  isPremium: boolean;
}

/** Wraps what answers for a project: one that is not there is 404, as is one that the token may not see. */
export function ofProject(
  answer: (call: Call, project: GitLabProjectModel, world: GitLabWorld) => Answer,
): (call: Call, world: GitLabWorld) => Answer {
  return (call, world) => {
    const project = world.projects.get(call.at('id'));
    return project === undefined ? failure(404, '404 Project Not Found') : answer(call, project, world);
  };
}

export function ofMergeRequest(
  answer: (call: Call, project: GitLabProjectModel, pull: PullModel) => Answer,
): ReturnType<typeof ofProject> {
  return ofProject((call, project) => {
    const pull = project.pulls.find(({ number }) => String(number) === call.at('iid'));
    return pull === undefined ? failure(404, '404 Not found') : answer(call, project, pull);
  });
}

export function failure(status: number, message: string | Record<string, string[]>): Answer {
  return { status, body: { message } };
}

/** One item a page, told of by `X-Next-Page` alone, as behind a proxy that drops `Link`. */
export function page(call: Call, items: readonly unknown[]): Answer {
  const number = Number(call.query.get('page') ?? '1');
  const next = number < items.length ? String(number + 1) : '';
  return { status: 200, body: items.slice(number - 1, number), headers: { 'x-next-page': next } };
}

/** One item a page by cursor, as GitLab lists branches. */
export function keysetPage<T>(call: Call, items: readonly T[], keyOf: (item: T) => string): Answer {
  const after = call.query.get('page_token');
  const at = after === null ? 0 : items.findIndex((each) => keyOf(each) === after) + 1;
  const item = items[at];
  if (item === undefined || at === items.length - 1) return { status: 200, body: items.slice(at, at + 1) };
  const link = `<https://gitlab.invalid/elsewhere?page_token=${encodeURIComponent(keyOf(item))}&per_page=1>; rel="next"`;
  return { status: 200, body: [item], headers: { link } };
}

/** Every status of a commit belongs to its pipeline. */
export function pipelineOf(project: GitLabProjectModel, commit: string): 'none' | 'running' | 'success' | 'failed' {
  const newest = new Map<string, string>();
  for (const each of project.statuses) if (each.commit === commit) newest.set(each.context, each.state);
  const states = [...newest.values()];
  if (states.length === 0) return 'none';
  if (states.includes('failed')) return 'failed';
  return states.every((each) => each === 'success') ? 'success' : 'running';
}

export function isMergeable(project: GitLabProjectModel, pull: PullModel): boolean {
  if (project.pipelineMustSucceed && pipelineOf(project, pull.head) !== 'success') return false;
  const branch = project.protections.get(pull.target)?.id;
  return project.approvalRules.every((rule) => rule.approvals === 0 || !rule.branches.includes(branch ?? 0));
}

export function hookOf(id: number, body: Record<string, unknown>): GitLabHookModel {
  return {
    id,
    url: text(body['url']),
    token: text(body['token']),
    custom_headers: list(body['custom_headers']),
    // what is not said is on for pushes and off for the rest
    push_events: body['push_events'] !== false,
    tag_push_events: body['tag_push_events'] === true,
    merge_requests_events: body['merge_requests_events'] === true,
    note_events: body['note_events'] === true,
    enable_ssl_verification: body['enable_ssl_verification'] !== false,
  };
}
