import { type Clock, RetryableError, StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { Branch, BranchRules, Ensured, ForgeRepository, RepositoryName } from '../forge.ts';
import {
  getRepository,
  refuseForeignOwner,
  repositoryPath,
  setDefaultBranch as setRestDefaultBranch,
} from '../rest-repository.ts';
import { sameRules } from '../same.ts';
import { GiteaBranch, GiteaProtection } from './schema.ts';

export async function createRepository(
  api: ApiClient,
  name: RepositoryName,
  description: string,
): Promise<Ensured<ForgeRepository>> {
  const present = await getRepository(api, name);
  if (present !== undefined) return { changed: false, value: present };
  const action = `Creating ${name.owner}/${name.repository}`;
  const answer = await api.send({
    action,
    method: 'POST',
    path: (await isOrganization(api, name.owner)) ? ['orgs', name.owner, 'repos'] : ['user', 'repos'],
    body: { name: name.repository, description, private: true, auto_init: false },
    expected: [201, 409],
  });
  // 409: somebody beside us has just made it
  const value = await getRepository(api, name);
  if (value === undefined) {
    throw new StepError(`${action} failed: the forge says that it exists, but does not show it`, {
      hint: 'See that the token may read the repositories of this owner.',
    });
  }
  return { changed: answer.status === 201, value };
}

const lookSeconds = 0.25;
const mostLooks = 80;

const Fullness = z.object({ empty: z.boolean().optional() });

/**
 * Gitea works through a first push a moment after it has taken it, and makes what was pushed the default branch then
 * (`pushNewBranch` in its services/repository/push.go). So that is waited for.
 *
 * @throws RetryableError when it is not done in twenty seconds
 */
export async function setDefaultBranch(
  { api, clock }: { api: ApiClient; clock: Clock },
  name: RepositoryName,
  branch: string,
): Promise<Ensured<ForgeRepository>> {
  const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name);
  for (let look = 0; look < mostLooks; look += 1) {
    const found = await api.read(Fullness, { action, method: 'GET', path, expected: [200] });
    if (found?.empty !== true) return setRestDefaultBranch(api, name, branch);
    await clock.sleep(lookSeconds * 1000);
  }
  throw new RetryableError(`${action} failed: the forge takes the repository for empty`);
}

/** What a protected branch gets, it gets by pull requests: pushes are closed for everybody. */
export async function protectBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
  rules: BranchRules,
): Promise<Ensured<BranchRules>> {
  const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'branch_protections');
  const present = await readProtection(api, name, branch, action);
  const isClosed = present?.enable_push === false;
  if (present !== undefined && isClosed && sameRules(rulesOf(present), rules)) return { changed: false, value: rules };
  const body = {
    enable_push: false,
    required_approvals: rules.requiredApprovals,
    dismiss_stale_approvals: true,
    block_on_rejected_reviews: true,
    enable_status_check: rules.requiredStatusChecks.length > 0,
    status_check_contexts: rules.requiredStatusChecks,
  };
  await (present === undefined
    ? api.send({ action, method: 'POST', path, body: { ...body, rule_name: branch }, expected: [201] })
    : api.send({ action, method: 'PATCH', path: [...path, branch], body, expected: [200] }));
  return { changed: true, value: rules };
}

export async function getProtection(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<BranchRules | undefined> {
  const action = `Reading the protection of ${branch} of ${name.owner}/${name.repository}`;
  const found = await readProtection(api, name, branch, action);
  return found?.enable_push === false ? rulesOf(found) : undefined;
}

function readProtection(api: ApiClient, name: RepositoryName, branch: string, action: string) {
  const path = repositoryPath(name, 'branch_protections', branch);
  return api.read(GiteaProtection, { action, method: 'GET', path, expected: [200, 404] });
}

export async function getBranch(api: ApiClient, name: RepositoryName, branch: string): Promise<Branch | undefined> {
  const found = await api.read(GiteaBranch, {
    action: `Reading branch ${branch} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: repositoryPath(name, 'branches', ...branch.split('/')),
    expected: [200, 404],
  });
  return found && asBranch(found);
}

export async function listBranches(api: ApiClient, name: RepositoryName): Promise<Branch[]> {
  const action = `Listing the branches of ${name.owner}/${name.repository}`;
  const branches = await api.list(z.array(GiteaBranch), { action, path: repositoryPath(name, 'branches') });
  return branches.map(asBranch);
}

export async function deleteBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<{ changed: boolean }> {
  if ((await getBranch(api, name, branch)) === undefined) return { changed: false };
  const answer = await api.send({
    action: `Deleting branch ${branch} of ${name.owner}/${name.repository}`,
    method: 'DELETE',
    path: repositoryPath(name, 'branches', ...branch.split('/')),
    expected: [204, 404],
  });
  return { changed: answer.status === 204 };
}

async function isOrganization(api: ApiClient, owner: string): Promise<boolean> {
  const action = `Creating a repository of ${owner}`;
  const found = await api.send({ action, method: 'GET', path: ['orgs', owner], expected: [200, 404] });
  if (found.status === 200) return true;
  await refuseForeignOwner(api, owner, action);
  return false;
}

function asBranch(found: z.output<typeof GiteaBranch>): Branch {
  return { name: found.name, commit: found.commit.id, protected: found.protected };
}

function rulesOf(found: z.output<typeof GiteaProtection>): BranchRules {
  const checks = found.enable_status_check ? (found.status_check_contexts ?? []) : [];
  return { requiredApprovals: found.required_approvals, requiredStatusChecks: checks };
}
