import { type Answer, type Call, failure, type Handler, invalid, known, page, text } from './call.ts';
import { merge, unmetRule } from './model.ts';
import { repositoryJson } from './shapes.ts';

export const repositoryRoutes: Record<string, Handler> = {
  'GET api/v3/user': () => ({ status: 200, body: { login: 'bot', id: 3, type: 'User' } }),
  'POST api/v3/orgs/:org/repos': (call) => {
    const owner = call.rest[1] ?? '';
    if (owner !== call.organization) return failure(404, 'Not Found');
    const name = text(call.body['name']);
    if (call.repositories.has(`${owner}/${name}`)) return invalid('name already exists on this account', 'Repository');
    const repository = call.create(owner, name);
    repository.private = call.body['private'] === true;
    call.repositories.set(`${owner}/${name}`, repository);
    return { status: 201, body: repositoryJson(call.base, repository) };
  },
  'GET :': (call) => ({ status: 200, body: repositoryJson(call.base, known(call)) }),
  'PATCH :': (call) => {
    const repository = known(call);
    const branch = text(call.body['default_branch']);
    if (!repository.branches.has(branch)) return invalid(`The branch ${branch} was not found.`, 'Repository');
    repository.defaultBranch = branch;
    return { status: 200, body: repositoryJson(call.base, repository) };
  },
  'GET :/hooks': (call) => page(call, known(call).hooks.map(withoutSecret)),
  'POST :/hooks': (call) => {
    const hook = { ...hookOf(call), id: known(call).hooks.length + 1 };
    known(call).hooks.push(hook);
    return { status: 201, body: withoutSecret(hook) };
  },
  'PATCH :/hooks/*': (call) => {
    const hook = known(call).hooks.find(({ id }) => String(id) === call.rest[1]);
    if (hook === undefined) return failure(404, 'Not Found');
    Object.assign(hook, hookOf(call));
    return { status: 200, body: withoutSecret(hook) };
  },
  'GET :/commits/*/statuses': (call) => {
    const statuses = known(call).statuses.filter(({ commit }) => commit === call.rest[1]);
    return known(call).commits.has(call.rest[1] ?? '')
      ? page(call, statuses.toReversed())
      : invalid(`No commit found for SHA: ${call.rest[1]}`, 'Commit');
  },
  'POST :/statuses/*': setStatus,
};

function setStatus(call: Call): Answer {
  const repository = known(call);
  const { context, state, description, target_url } = call.body;
  if (text(description).length > 140) return invalid('description is too long (maximum is 140 characters)', 'Status');
  const status = {
    commit: call.rest[1] ?? '',
    context: text(context),
    state: text(state),
    description: text(description),
    target_url: target_url === null ? null : text(target_url),
  };
  repository.statuses.push(status);
  for (const pull of repository.pulls) {
    if (pull.autoMerge && pull.state === 'open' && unmetRule(repository, pull) === undefined) merge(repository, pull);
  }
  return { status: 201, body: { ...status, id: 1, creator: { login: 'bot' } } };
}

function hookOf(call: Call): { active: boolean; events: string[]; config: Record<string, string> } {
  const { active, events, config } = call.body;
  return {
    active: active === true,
    events: Array.isArray(events) ? events.map(String) : [],
    config: Object.fromEntries(Object.entries(config ?? {}).map(([key, value]) => [key, String(value)])),
  };
}

function withoutSecret<T extends { config: Record<string, string> }>(hook: T): T & { type: string; name: string } {
  return { ...hook, type: 'Repository', name: 'web', config: { ...hook.config, secret: '********' } };
}
