import { mergePull, newRepository } from '../../testing/repository-model.ts';
import { type Answer, type Call, list, type Routes, text } from '../../testing/stand-in-server.ts';
import { failure, type GitLabProjectModel, type GitLabWorld, hookOf, isMergeable, ofProject, page } from './model.ts';
import { approvalRuleJson, hookJson, projectJson, statusJson } from './shapes.ts';

const root = '/api/v4/projects/:id';

export const projectRoutes: Routes<GitLabWorld> = {
  'GET /api/v4/namespaces/:path': (call, { groups }) => {
    const path = call.at('path');
    const id = groups.get(path);
    if (id === undefined) return failure(404, '404 Namespace Not Found');
    return { status: 200, body: { id, name: path, path, kind: 'group', full_path: path } };
  },
  'POST /api/v4/projects': createProject,
  [`GET ${root}`]: ofProject((call, project) => ({ status: 200, body: projectJson(call.base, project) })),
  [`DELETE ${root}`]: ofProject((_call, { owner, name }, world) => {
    world.projects.delete(`${owner}/${name}`);
    return { status: 202, body: { message: '202 Accepted' } };
  }),
  [`PUT ${root}`]: ofProject(editProject),
  [`GET ${root}/approval_rules`]: ofProject((call, project, { isPremium }) =>
    isPremium ? page(call, project.approvalRules.map(approvalRuleJson)) : failure(404, '404 Not Found'),
  ),
  [`POST ${root}/approval_rules`]: ofProject((call, project) => {
    const rule = { ...ruleOf(call), id: project.approvalRules.length + 1 };
    project.approvalRules.push(rule);
    return { status: 201, body: approvalRuleJson(rule) };
  }),
  [`PUT ${root}/approval_rules/:rule`]: ofProject((call, project) => {
    const rule = project.approvalRules.find(({ id }) => String(id) === call.at('rule'));
    if (rule === undefined) return failure(404, '404 Not found');
    Object.assign(rule, ruleOf(call));
    return { status: 200, body: approvalRuleJson(rule) };
  }),
  [`GET ${root}/hooks`]: ofProject((call, project) => page(call, project.hooks.map(hookJson))),
  [`POST ${root}/hooks`]: ofProject((call, project) => {
    const hook = hookOf(project.hooks.length + 1, call.body);
    project.hooks.push(hook);
    return { status: 201, body: hookJson(hook) };
  }),
  [`PUT ${root}/hooks/:hook`]: ofProject((call, project) => {
    const hook = project.hooks.find(({ id }) => String(id) === call.at('hook'));
    if (hook === undefined) return failure(404, '404 Not found');
    Object.assign(hook, hookOf(hook.id, call.body));
    return { status: 200, body: hookJson(hook) };
  }),
  [`DELETE ${root}/hooks/:hook`]: ofProject((call, project) => {
    const kept = project.hooks.filter(({ id }) => String(id) !== call.at('hook'));
    if (kept.length === project.hooks.length) return failure(404, '404 Not found');
    project.hooks = kept;
    return { status: 204 };
  }),
  [`GET ${root}/repository/commits/:sha/statuses`]: ofProject((call, project) => {
    if (!project.commits.has(call.at('sha'))) return failure(404, '404 Commit Not Found');
    const name = call.query.get('name');
    const newest = new Map(project.statuses.map((each) => [`${each.commit} ${each.context}`, each]));
    const wanted = [...newest.values()].filter((each) => each.commit === call.at('sha') && each.context === name);
    return page(call, wanted.map(statusJson));
  }),
  [`POST ${root}/statuses/:sha`]: ofProject(setStatus),
};

function createProject(call: Call, world: GitLabWorld): Answer {
  const { path, namespace_id, visibility, description } = call.body;
  const owner = [...world.groups].find(([, id]) => id === namespace_id)?.[0];
  if (owner === undefined) return failure(400, { namespace: ['is not valid'] });
  const whole = `${owner}/${text(path)}`;
  if (world.projects.has(whole)) return failure(400, { path: ['has already been taken'] });
  const project: GitLabProjectModel = {
    ...newRepository(owner, text(path), world.projects.size + 1),
    private: visibility === 'private',
    description: text(description),
    protections: new Map(),
    pipelineMustSucceed: false,
    approvalRules: [],
    hooks: [],
  };
  world.projects.set(whole, project);
  return { status: 201, body: projectJson(call.base, project) };
}

function editProject(call: Call, project: GitLabProjectModel): Answer {
  const { default_branch, only_allow_merge_if_pipeline_succeeds } = call.body;
  if (default_branch !== undefined) {
    const branch = text(default_branch);
    if (!project.branches.has(branch))
      return failure(400, { base: [`Could not change HEAD: branch '${branch}' does not exist`] });
    project.defaultBranch = branch;
  }
  if (typeof only_allow_merge_if_pipeline_succeeds === 'boolean') {
    project.pipelineMustSucceed = only_allow_merge_if_pipeline_succeeds;
  }
  return { status: 200, body: projectJson(call.base, project) };
}

/** GitLab refuses a status that would not change the state, and merges what waits for the pipeline. */
function setStatus(call: Call, project: GitLabProjectModel): Answer {
  const commit = call.at('sha');
  if (!project.commits.has(commit)) return failure(404, '404 Commit Not Found');
  const { state, name, description, target_url } = call.body;
  const present = project.statuses.findLast((each) => each.commit === commit && each.context === name);
  if (present?.state === state) return failure(400, `Cannot transition status via :run from :${text(state)}`);
  if (text(description).length > 255) return failure(400, { description: ['is too long (maximum is 255 characters)'] });
  const status = {
    commit,
    context: text(name),
    state: text(state),
    description: text(description),
    target_url: target_url === undefined ? null : text(target_url),
  };
  project.statuses.push(status);
  for (const pull of project.pulls) {
    if (pull.autoMerge && pull.state === 'open' && isMergeable(project, pull)) mergePull(project, pull);
  }
  return { status: 201, body: statusJson(status) };
}

function ruleOf(call: Call): { name: string; approvals: number; branches: number[] } {
  const { name, approvals_required, protected_branch_ids } = call.body;
  return { name: text(name), approvals: Number(approvals_required), branches: list(protected_branch_ids).map(Number) };
}
