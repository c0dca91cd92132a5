import type { PullModel, RepositoryModel, StatusModel } from '../../testing/repository-model.ts';
import type { GitHubRepository, ProtectionModel } from './model.ts';

/** JSON as "GitHub v3 REST API" (api.github.com.json, 2022-11-28) describes it, the fields that clients may rely on. */
export function repositoryJson(base: string, repository: RepositoryModel) {
  const { owner, name } = repository;
  return {
    id: 1,
    node_id: 'R_1',
    name,
    full_name: `${owner}/${name}`,
    private: repository.private,
    owner: { login: owner, id: 2, type: 'Organization' },
    html_url: `${base}/${owner}/${name}`,
    clone_url: `${base}/${owner}/${name}.git`,
    description: repository.description === '' ? null : repository.description,
    fork: false,
    default_branch: repository.defaultBranch,
  };
}

export function branchJson(repository: GitHubRepository, name: string) {
  const sha = repository.branches.get(name) ?? '';
  return { name, commit: { sha, url: '' }, protected: repository.protections.has(name), protection_url: '' };
}

export function protectionJson(rule: ProtectionModel) {
  return {
    url: '',
    required_pull_request_reviews: {
      dismiss_stale_reviews: true,
      require_code_owner_reviews: false,
      required_approving_review_count: rule.approvals,
    },
    ...(rule.contexts.length === 0
      ? {}
      : { required_status_checks: { strict: false, contexts: rule.contexts, checks: [] } }),
    enforce_admins: { url: '', enabled: true },
    allow_force_pushes: { enabled: false },
  };
}

/** Lists show less of a pull request than its own address. */
export function pullJson(
  base: string,
  repository: RepositoryModel,
  pull: PullModel,
  kind: 'whole' | 'simple' = 'whole',
) {
  const { owner, name } = repository;
  const side = (ref: string, sha: string) => ({ label: `${owner}:${ref}`, ref, sha, user: { login: owner } });
  return {
    id: pull.number,
    node_id: `PR_${pull.number}`,
    number: pull.number,
    html_url: `${base}/${owner}/${name}/pull/${pull.number}`,
    state: pull.state,
    locked: false,
    title: pull.title,
    body: pull.body,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    auto_merge: pull.autoMerge ? { enabled_by: { login: 'bot' }, merge_method: 'squash' } : null,
    draft: false,
    ...(kind === 'whole' ? { merged: pull.mergedAt !== null } : {}),
    head: side(pull.source, pull.head),
    base: side(pull.target, repository.branches.get(pull.target) ?? ''),
  };
}

export function labelJson(base: string, { owner, name }: RepositoryModel, label: string) {
  const url = `${base}/api/v3/repos/${owner}/${name}/labels/${label}`;
  return { id: 1, node_id: 'LA_1', url, name: label, description: null, color: 'ededed', default: false };
}

export function commentJson(base: string, { owner, name }: RepositoryModel, comment: { id: number; body: string }) {
  const url = `${base}/api/v3/repos/${owner}/${name}/issues/comments/${comment.id}`;
  return { id: comment.id, node_id: 'IC_1', url, body: comment.body, html_url: url, user: null };
}

export function statusJson({ commit: _, ...status }: StatusModel) {
  return { ...status, id: 1, node_id: 'SC_1' };
}

export function hookJson(hook: GitHubRepository['hooks'][number]) {
  return { ...hook, type: 'Repository', name: 'web', config: { ...hook.config, secret: '********' } };
}
