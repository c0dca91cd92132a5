import type { Routes } from '../../testing/stand-in-server.ts';
import { failure, type GitHubWorld, invalid, ofRepository, page } from './model.ts';
import { branchJson, protectionJson } from './shapes.ts';

const root = '/api/v3/repos/:owner/:repo';

export const branchRoutes: Routes<GitHubWorld> = {
  [`GET ${root}/branches`]: ofRepository((call, repository) =>
    page(
      call,
      [...repository.branches.keys()].map((name) => branchJson(repository, name)),
    ),
  ),
  [`GET ${root}/branches/:branch`]: ofRepository((call, repository) => {
    const name = call.at('branch');
    if (!repository.branches.has(name)) return failure(404, 'Branch not found');
    return { status: 200, body: branchJson(repository, name) };
  }),
  [`GET ${root}/branches/:branch/protection`]: ofRepository((call, repository) => {
    const rule = repository.protections.get(call.at('branch'));
    return rule === undefined ? failure(404, 'Branch not protected') : { status: 200, body: protectionJson(rule) };
  }),
  [`PUT ${root}/branches/:branch/protection`]: ofRepository((call, repository) => {
    const reviews = Object(call.body['required_pull_request_reviews']);
    const checks = Object(call.body['required_status_checks']);
    const rule = { approvals: Number(reviews.required_approving_review_count ?? 0), contexts: checks.contexts ?? [] };
    repository.protections.set(call.at('branch'), rule);
    return { status: 200, body: protectionJson(rule) };
  }),
  [`DELETE ${root}/git/refs/*`]: ofRepository((call, repository) =>
    repository.branches.delete(call.at('*').replace(/^heads\//, ''))
      ? { status: 204 }
      : invalid('Reference does not exist', 'Reference'),
  ),
};
