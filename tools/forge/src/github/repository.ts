import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import { type ApiClient, parsed, required } from '../api-client.ts';
import type { Branch, BranchRules, Ensured, ForgeRepository, RepositoryName, Webhook } from '../forge.ts';
import { hookDiffers, sameRules } from '../same.ts';
import { GitHubAccount, GitHubBranch, GitHubHook, GitHubProtection, GitHubRepository } from './schema.ts';

export function repositoryPath(name: RepositoryName, ...more: string[]): string[] {
  return ['repos', name.owner, name.repository, ...more];
}

export async function getRepository(api: ApiClient, name: RepositoryName): Promise<ForgeRepository | undefined> {
  const found = await api.read(GitHubRepository, {
    action: `Reading ${name.owner}/${name.repository}`,
    method: 'GET',
    path: repositoryPath(name),
    expected: [200, 404],
  });
  return found && asRepository(found);
}

/** Below an organisation; where the owner is none, below the token's own user. */
export async function createRepository(
  api: ApiClient,
  name: RepositoryName,
  description: string,
): Promise<Ensured<ForgeRepository>> {
  const present = await getRepository(api, name);
  if (present !== undefined) return { changed: false, value: present };
  const action = `Creating ${name.owner}/${name.repository}`;
  const body = { name: name.repository, description, private: true, auto_init: false };
  const create = (path: string[], expected: number[]) => api.send({ action, method: 'POST', path, body, expected });
  const inOrganization = await create(['orgs', name.owner, 'repos'], [201, 404, 422]);
  if (inOrganization.status === 404) await refuseForeignUser(api, name.owner, action);
  const answer = inOrganization.status === 404 ? await create(['user', 'repos'], [201, 422]) : inOrganization;
  if (answer.status === 201) return { changed: true, value: asRepository(parsed(GitHubRepository, answer, action)) };
  // 422: somebody beside us has just made it, or the name cannot be
  const value = await getRepository(api, name);
  if (value === undefined) {
    throw new StepError(`${action} failed: GitHub does not accept it (422)`, {
      hint: 'See that the name is allowed, and that the plan and the organisation let the token create private repositories.',
    });
  }
  return { changed: false, value };
}

export async function setDefaultBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<Ensured<ForgeRepository>> {
  const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name);
  const present = await required(api.read(GitHubRepository, { action, method: 'GET', path, expected: [200] }));
  if (present.default_branch === branch) return { changed: false, value: asRepository(present) };
  const body = { default_branch: branch };
  const value = await required(api.read(GitHubRepository, { action, method: 'PATCH', path, body, expected: [200] }));
  return { changed: true, value: asRepository(value) };
}

/** PUT replaces the whole protection; push restrictions, which only organisations have, are not set. */
export async function protectBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
  rules: BranchRules,
): Promise<Ensured<BranchRules>> {
  const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'branches', branch, 'protection');
  const present = await api.read(GitHubProtection, { action, method: 'GET', path, expected: [200, 404] });
  const isEnforced = present?.enforce_admins?.enabled === true && present.required_pull_request_reviews != null;
  if (present !== undefined && isEnforced && sameRules(rulesOf(present), rules))
    return { changed: false, value: rules };
  const body = {
    enforce_admins: true,
    required_pull_request_reviews: {
      required_approving_review_count: rules.requiredApprovals,
      dismiss_stale_reviews: true,
    },
    required_status_checks:
      rules.requiredStatusChecks.length === 0 ? null : { strict: false, contexts: rules.requiredStatusChecks },
    restrictions: null,
  };
  await api.send({ action, method: 'PUT', path, body, expected: [200] });
  return { changed: true, value: rules };
}

export async function getBranch(api: ApiClient, name: RepositoryName, branch: string): Promise<Branch | undefined> {
  const found = await api.read(GitHubBranch, {
    action: `Reading branch ${branch} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: repositoryPath(name, 'branches', branch),
    expected: [200, 404],
  });
  return found && asBranch(found);
}

export async function listBranches(api: ApiClient, name: RepositoryName): Promise<Branch[]> {
  const action = `Listing the branches of ${name.owner}/${name.repository}`;
  const branches = await api.list(z.array(GitHubBranch), { action, path: repositoryPath(name, 'branches') });
  return branches.map(asBranch);
}

/** 422 `Reference does not exist` is GitHub's way to say that it is gone already. */
export async function deleteBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<{ changed: boolean }> {
  if ((await getBranch(api, name, branch)) === undefined) return { changed: false };
  const answer = await api.send({
    action: `Deleting branch ${branch} of ${name.owner}/${name.repository}`,
    method: 'DELETE',
    path: repositoryPath(name, 'git', 'refs', 'heads', ...branch.split('/')),
    expected: [204, 404, 422],
  });
  if (answer.status !== 204 && (await getBranch(api, name, branch)) !== undefined) {
    throw new StepError(`Deleting branch ${branch} of ${name.owner}/${name.repository} failed: GitHub refuses it`, {
      hint: 'See whether a rule protects the branch.',
    });
  }
  return { changed: answer.status === 204 };
}

export async function ensureWebhook(
  api: ApiClient,
  name: RepositoryName,
  hook: Webhook,
): Promise<Ensured<{ url: string }>> {
  const action = `Setting the webhook of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'hooks');
  const present = (await api.list(z.array(GitHubHook), { action, path })).find((each) => each.config.url === hook.url);
  const config = { url: hook.url, content_type: 'json', secret: hook.secret, insecure_ssl: '0' };
  const body = { config, events: hook.events, active: true };
  await (present === undefined
    ? api.send({ action, method: 'POST', path, body: { ...body, name: 'web' }, expected: [201] })
    : api.send({ action, method: 'PATCH', path: [...path, String(present.id)], body, expected: [200] }));
  return { changed: present === undefined || hookDiffers(present, hook), value: { url: hook.url } };
}

async function refuseForeignUser(api: ApiClient, owner: string, action: string): Promise<void> {
  const me = await required(api.read(GitHubAccount, { action, method: 'GET', path: ['user'], expected: [200] }));
  if (me.login.toLowerCase() === owner.toLowerCase()) return;
  throw new StepError(`${action} failed: the token, which is ${me.login}'s, sees no organisation ${owner}`, {
    hint: `Give a token that may create repositories in ${owner}.`,
  });
}

function asRepository(found: GitHubRepository): ForgeRepository {
  return {
    owner: found.owner.login,
    repository: found.name,
    private: found.private,
    defaultBranch: found.default_branch,
    cloneUrl: found.clone_url,
    webUrl: found.html_url,
  };
}

function asBranch(found: z.output<typeof GitHubBranch>): Branch {
  return { name: found.name, commit: found.commit.sha, protected: found.protected };
}

function rulesOf(found: z.output<typeof GitHubProtection>): BranchRules {
  return {
    requiredApprovals: found.required_pull_request_reviews?.required_approving_review_count ?? 0,
    requiredStatusChecks: found.required_status_checks?.contexts ?? [],
  };
}
