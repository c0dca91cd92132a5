import type { PullModel, StatusModel } from '../../testing/repository-model.ts';
import { type GitLabHookModel, type GitLabProjectModel, isMergeable } from './model.ts';

/** JSON as GitLab's REST API v4 describes it, the fields that clients may rely on. */
export function projectJson(base: string, project: GitLabProjectModel) {
  const path = `${project.owner}/${project.name}`;
  return {
    id: project.id,
    name: project.name,
    path: project.name,
    path_with_namespace: path,
    namespace: { id: 1, name: project.owner, path: project.owner, kind: 'group', full_path: project.owner },
    description: project.description,
    visibility: project.private ? 'private' : 'public',
    default_branch: project.branches.size === 0 ? null : project.defaultBranch,
    http_url_to_repo: `${base}/${path}.git`,
    web_url: `${base}/${path}`,
    only_allow_merge_if_pipeline_succeeds: project.pipelineMustSucceed,
  };
}

export function branchJson(project: GitLabProjectModel, name: string) {
  const id = project.branches.get(name) ?? '';
  return {
    name,
    merged: false,
    protected: project.protections.has(name),
    default: name === project.defaultBranch,
    can_push: true,
    commit: { id, short_id: id.slice(0, 8), title: 'A commit', message: 'A commit\n' },
  };
}

export function protectionJson(project: GitLabProjectModel, name: string) {
  const rule = project.protections.get(name);
  const level = (access: number | undefined) => [{ id: 1, access_level: access ?? 0, access_level_description: '' }];
  return {
    id: rule?.id ?? 0,
    name,
    push_access_levels: level(rule?.push),
    merge_access_levels: level(rule?.merge),
    allow_force_push: rule?.allowForcePush ?? false,
  };
}

export function mergeRequestJson(base: string, project: GitLabProjectModel, pull: PullModel) {
  const isMerged = pull.mergedAt !== null;
  const open = pull.state === 'open' ? 'opened' : 'closed';
  return {
    id: 100 + pull.number,
    iid: pull.number,
    project_id: project.id,
    web_url: `${base}/${project.owner}/${project.name}/-/merge_requests/${pull.number}`,
    title: pull.title,
    description: pull.body,
    state: isMerged ? 'merged' : open,
    source_branch: pull.source,
    target_branch: pull.target,
    source_project_id: project.id,
    target_project_id: project.id,
    sha: pull.head,
    merge_commit_sha: pull.mergeCommit,
    squash_commit_sha: null,
    merge_when_pipeline_succeeds: pull.autoMerge,
    detailed_merge_status: isMergeable(project, pull) ? 'mergeable' : 'ci_must_pass',
    labels: pull.labels,
    draft: false,
  };
}

export function statusJson(status: StatusModel) {
  return {
    id: 1,
    sha: status.commit,
    name: status.context,
    status: status.state,
    description: status.description,
    target_url: status.target_url,
  };
}

/** The token is never shown again. */
/** Neither the token nor the values of headers are shown. */
export function hookJson({ token: _, custom_headers: __, ...hook }: GitLabHookModel) {
  return hook;
}

export function approvalRuleJson(rule: GitLabProjectModel['approvalRules'][number]) {
  return { id: rule.id, name: rule.name, rule_type: 'regular', approvals_required: rule.approvals };
}

export function noteJson(comment: { id: number; body: string }) {
  return { ...comment, system: false };
}
