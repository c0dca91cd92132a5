import { newestState, type PullModel, type RepositoryModel } from '../../testing/repository-model.ts';
import { type Answer, type Call, text } from '../../testing/stand-in-server.ts';
import type { AppModel } from './app-routes.ts';

export interface ProtectionModel {
  approvals: number;
  contexts: string[];
}

export interface GitHubRepository extends RepositoryModel {
  protections: Map<string, ProtectionModel>;
  hooks: { id: number; active: boolean; events: string[]; config: Record<string, string> }[];
}

export interface GitHubWorld {
  organization: string;
  repositories: Map<string, GitHubRepository>;
  app: AppModel | undefined;
}

/** Wraps what answers for a repository: one that is not there is 404, as is one that the token may not see. */
export function ofRepository(
  answer: (call: Call, repository: GitHubRepository, world: GitHubWorld) => Answer,
): (call: Call, world: GitHubWorld) => Answer {
  return (call, world) => {
    const repository = world.repositories.get(`${call.at('owner')}/${call.at('repo')}`);
    return repository === undefined ? failure(404, 'Not Found') : answer(call, repository, world);
  };
}

/** GitHub's basic error. */
export function failure(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest' } };
}

/** GitHub's validation error. */
export function invalid(message: string, resource: string): Answer {
  const errors = [{ resource, code: 'custom', message }];
  return {
    status: 422,
    body: { message: 'Validation Failed', errors, documentation_url: 'https://docs.github.com/rest' },
  };
}

/** One page of a list with GitHub's `Link` header. Pages are small, so that clients have to turn them. */
export function page(call: Call, items: readonly unknown[]): Answer {
  const number = Number(call.query.get('page') ?? '1');
  const link =
    number < items.length ? { link: `<https://api.github.com/next?page=${number + 1}>; rel="next"` } : undefined;
  return { status: 200, body: items.slice(number - 1, number), ...(link === undefined ? {} : { headers: link }) };
}

/** Why a pull request cannot be merged now. */
export function unmetRule(repository: GitHubRepository, pull: PullModel): string | undefined {
  const rule = repository.protections.get(pull.target);
  const missing = (rule?.contexts ?? []).find((each) => newestState(repository, pull.head, each) !== 'success');
  if (missing !== undefined) return `Required status check "${missing}" is expected.`;
  return (rule?.approvals ?? 0) > 0
    ? 'At least 1 approving review is required by reviewers with write access.'
    : undefined;
}

export function hookOf(body: Record<string, unknown>): Omit<GitHubRepository['hooks'][number], 'id'> {
  const { active, events, config } = body;
  return {
    active: active === true,
    events: Array.isArray(events) ? events.map(text) : [],
    config: Object.fromEntries(Object.entries(config ?? {}).map(([key, value]) => [key, text(value)])),
  };
}
