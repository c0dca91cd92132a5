import { mergePull, newRepository } from '../../testing/repository-model.ts';
import { type Answer, type Call, type Routes, text } from '../../testing/stand-in-server.ts';
import {
  failure,
  type GitHubRepository,
  type GitHubWorld,
  hookOf,
  invalid,
  ofRepository,
  page,
  unmetRule,
} from './model.ts';
import { hookJson, repositoryJson, statusJson } from './shapes.ts';

const root = '/api/v3/repos/:owner/:repo';

export const repositoryRoutes: Routes<GitHubWorld> = {
  'GET /api/v3/user': () => ({ status: 200, body: { login: 'bot', id: 3, type: 'User' } }),
  'POST /api/v3/orgs/:org/repos': (call, world) => {
    const owner = call.at('org');
    if (owner !== world.organization) return failure(404, 'Not Found');
    const name = text(call.body['name']);
    if (world.repositories.has(`${owner}/${name}`)) return invalid('name already exists on this account', 'Repository');
    const repository: GitHubRepository = {
      ...newRepository(owner, name, world.repositories.size + 1),
      protections: new Map(),
      hooks: [],
    };
    repository.private = call.body['private'] === true;
    repository.description = text(call.body['description']);
    world.repositories.set(`${owner}/${name}`, repository);
    return { status: 201, body: repositoryJson(call.base, repository) };
  },
  [`GET ${root}`]: ofRepository((call, repository) => ({ status: 200, body: repositoryJson(call.base, repository) })),
  [`DELETE ${root}`]: ofRepository((_call, { owner, name }, world) => {
    world.repositories.delete(`${owner}/${name}`);
    return { status: 204 };
  }),
  [`PATCH ${root}`]: ofRepository((call, repository) => {
    const branch = text(call.body['default_branch']);
    if (!repository.branches.has(branch)) return invalid(`The branch ${branch} was not found.`, 'Repository');
    repository.defaultBranch = branch;
    return { status: 200, body: repositoryJson(call.base, repository) };
  }),
  [`GET ${root}/hooks`]: ofRepository((call, repository) => page(call, repository.hooks.map(hookJson))),
  [`POST ${root}/hooks`]: ofRepository((call, repository) => {
    const hook = { ...hookOf(call.body), id: repository.hooks.length + 1 };
    repository.hooks.push(hook);
    return { status: 201, body: hookJson(hook) };
  }),
  [`PATCH ${root}/hooks/:id`]: ofRepository((call, repository) => {
    const hook = repository.hooks.find(({ id }) => String(id) === call.at('id'));
    if (hook === undefined) return failure(404, 'Not Found');
    Object.assign(hook, hookOf(call.body));
    return { status: 200, body: hookJson(hook) };
  }),
  [`DELETE ${root}/hooks/:id`]: ofRepository((call, repository) => {
    const kept = repository.hooks.filter(({ id }) => String(id) !== call.at('id'));
    if (kept.length === repository.hooks.length) return failure(404, 'Not Found');
    repository.hooks = kept;
    return { status: 204 };
  }),
  [`GET ${root}/commits/:sha/statuses`]: ofRepository((call, repository) => {
    const statuses = repository.statuses.filter(({ commit }) => commit === call.at('sha'));
    return repository.commits.has(call.at('sha'))
      ? page(call, statuses.toReversed().map(statusJson))
      : invalid(`No commit found for SHA: ${call.at('sha')}`, 'Commit');
  }),
  [`POST ${root}/statuses/:sha`]: ofRepository(setStatus),
};

function setStatus(call: Call, repository: GitHubRepository): Answer {
  const { context, state, description, target_url } = call.body;
  if (text(description).length > 140) return invalid('description is too long (maximum is 140 characters)', 'Status');
  const status = {
    commit: call.at('sha'),
    context: text(context),
    state: text(state),
    description: text(description),
    target_url: target_url === null ? null : text(target_url),
  };
  repository.statuses.push(status);
  for (const pull of repository.pulls) {
    if (pull.autoMerge && pull.state === 'open' && unmetRule(repository, pull) === undefined)
      mergePull(repository, pull);
  }
  return { status: 201, body: statusJson(status) };
}
