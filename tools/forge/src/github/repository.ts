import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { Branch, BranchRules, Ensured, ForgeRepository, RepositoryName } from '../forge.ts';
import { parsed } from '../parsed.ts';
import { asRepository, getRepository, RestRepository, refuseForeignOwner, repositoryPath } from '../rest-repository.ts';
import { sameRules } from '../same.ts';
import { GitHubBranch, GitHubProtection } from './schema.ts';

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
  if (inOrganization.status === 404) await refuseForeignOwner(api, name.owner, action);
  const answer = inOrganization.status === 404 ? await create(['user', 'repos'], [201, 422]) : inOrganization;
  if (answer.status === 201) return { changed: true, value: asRepository(parsed(RestRepository, answer, action)) };
  // 422: somebody beside us has just made it, or the name cannot be
  const value = await getRepository(api, name);
  if (value === undefined) {
    throw new StepError(`${action} failed: GitHub does not accept it (422)`, {
      hint: 'See that the name is allowed, and that the plan and the organisation let the token create private repositories.',
    });
  }
  return { changed: false, value };
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
  const present = await readProtection(api, name, branch, action);
  if (present !== undefined && sameRules(present, rules)) return { changed: false, value: rules };
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

export async function getProtection(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<BranchRules | undefined> {
  return readProtection(api, name, branch, `Reading the protection of ${branch} of ${name.owner}/${name.repository}`);
}

/** What holds for everybody; a protection that administrators need not keep to, or without reviews, lets pushes in. */
async function readProtection(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
  action: string,
): Promise<BranchRules | undefined> {
  const path = repositoryPath(name, 'branches', branch, 'protection');
  const found = await api.read(GitHubProtection, { action, method: 'GET', path, expected: [200, 404] });
  const isEnforced = found?.enforce_admins?.enabled === true && found.required_pull_request_reviews != null;
  return isEnforced ? rulesOf(found) : undefined;
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

function asBranch(found: z.output<typeof GitHubBranch>): Branch {
  return { name: found.name, commit: found.commit.sha, protected: found.protected };
}

function rulesOf(found: z.output<typeof GitHubProtection>): BranchRules {
  return {
    requiredApprovals: found.required_pull_request_reviews?.required_approving_review_count ?? 0,
    requiredStatusChecks: found.required_status_checks?.contexts ?? [],
  };
}
