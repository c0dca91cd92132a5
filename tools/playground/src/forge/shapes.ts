import type { CommitInfo } from '../git/git-repository.ts';
import type { Comment, Hook, Label, Protection, RepositoryState, Status } from '../repository-state.ts';
import type { Branch } from './branches.ts';
import { emailOf, type World, webUrlOf } from './world.ts';

/** The JSON shapes of Gitea's API v1 (`swagger.v1.json`, definitions Repository, Branch, …), one function for each. */
export function userShape(name: string) {
  return { id: numberOf(name), login: name, username: name, full_name: name, email: emailOf(name), avatar_url: '' };
}

export function repositoryShape(world: World, state: RepositoryState, isEmpty: boolean) {
  const url = webUrlOf(world, state);
  return {
    id: state.id,
    owner: userShape(state.owner),
    name: state.name,
    full_name: `${state.owner}/${state.name}`,
    description: state.description,
    empty: isEmpty,
    private: state.private,
    fork: false,
    archived: false,
    html_url: url,
    url: `${world.baseUrl}/api/v1/repos/${state.owner}/${state.name}`,
    clone_url: `${url}.git`,
    ssh_url: '',
    default_branch: state.defaultBranch,
    created_at: state.createdAt,
    permissions: { admin: true, push: true, pull: true },
    allow_merge_commits: true,
    allow_squash_merge: true,
    allow_rebase: false,
    allow_rebase_explicit: false,
    allow_fast_forward_only_merge: true,
    default_merge_style: 'merge',
  };
}

export function commitShape(world: World, state: RepositoryState, commit: CommitInfo) {
  return {
    id: commit.id,
    message: `${commit.message}\n`,
    url: `${webUrlOf(world, state)}/commit/${commit.id}`,
    author: { name: commit.author.name, email: commit.author.email, username: '' },
    committer: { name: commit.committer.name, email: commit.committer.email, username: '' },
    verification: null,
    timestamp: commit.committer.date,
  };
}

export function branchShape(world: World, state: RepositoryState, branch: Branch) {
  const rule = state.protections.find((each) => each.branch === branch.name);
  return {
    name: branch.name,
    commit: { ...commitShape(world, state, branch.commit), added: null, removed: null, modified: null },
    protected: rule !== undefined,
    required_approvals: rule?.requiredApprovals ?? 0,
    enable_status_check: rule?.enableStatusCheck ?? false,
    status_check_contexts: rule?.statusChecks ?? [],
    user_can_push: rule === undefined,
    user_can_merge: true,
    effective_branch_protection_name: rule?.branch ?? '',
  };
}

export function protectionShape(rule: Protection) {
  return {
    branch_name: rule.branch,
    rule_name: rule.branch,
    enable_push: rule.enablePush,
    enable_push_whitelist: rule.pushers.length > 0,
    push_whitelist_usernames: rule.pushers,
    enable_status_check: rule.enableStatusCheck,
    status_check_contexts: rule.statusChecks,
    required_approvals: rule.requiredApprovals,
    dismiss_stale_approvals: true,
    block_on_rejected_reviews: true,
    created_at: rule.createdAt,
    updated_at: rule.updatedAt,
  };
}

export function statusShape(world: World, state: RepositoryState, status: Status) {
  return {
    id: status.id,
    status: status.state,
    target_url: status.targetUrl,
    description: status.description,
    url: `${world.baseUrl}/api/v1/repos/${state.owner}/${state.name}/statuses/${status.commit}`,
    context: status.context,
    creator: userShape(status.creator),
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

/** The secret is never part of an answer. */
export function hookShape(hook: Hook) {
  return {
    id: hook.id,
    type: 'gitea',
    config: { content_type: 'json', url: hook.url },
    events: hook.events,
    authorization_header: '',
    active: hook.active,
    branch_filter: '*',
    created_at: hook.createdAt,
    updated_at: hook.updatedAt,
  };
}

export function labelShape(world: World, state: RepositoryState, label: Label) {
  const url = `${world.baseUrl}/api/v1/repos/${state.owner}/${state.name}/labels/${label.id}`;
  return { ...label, description: '', exclusive: false, is_archived: false, url };
}

export function commentShape(world: World, state: RepositoryState, pull: number, comment: Comment) {
  const page = `${webUrlOf(world, state)}/pulls/${pull}`;
  return {
    id: comment.id,
    html_url: `${page}#issuecomment-${comment.id}`,
    pull_request_url: page,
    issue_url: '',
    user: userShape(comment.author),
    body: comment.body,
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
  };
}

export function contentsShape(world: World, state: RepositoryState, path: string, blob: { id: string; text: string }) {
  const bytes = Buffer.from(blob.text);
  return {
    name: path.split('/').at(-1) ?? path,
    path,
    sha: blob.id,
    type: 'file',
    size: bytes.length,
    encoding: 'base64',
    content: bytes.toString('base64'),
    url: `${world.baseUrl}/api/v1/repos/${state.owner}/${state.name}/contents/${path}`,
  };
}

/** A number that stays the same for a name: accounts have no row to count. */
function numberOf(name: string): number {
  return [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 1_000_000_007, 7);
}
