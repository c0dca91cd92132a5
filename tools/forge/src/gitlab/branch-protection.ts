import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { BranchRules, Ensured, RepositoryName } from '../forge.ts';
import { required } from '../parsed.ts';
import { projectPath } from './repository.ts';
import { GitLabApprovalRule, GitLabMergeGate, GitLabProtectedBranchId, GitLabProtection } from './schema.ts';

/** "Valid access levels" of protected branches. */
const nobody = 0;
const developers = 30;
const approvalRuleName = 'luban';

/**
 * Three things to GitLab: the protected branch, an approval rule (Premium), and the project's setting that a pipeline must
 * have succeeded, to which every commit status belongs; single statuses cannot be demanded.
 */
export async function protectBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
  rules: BranchRules,
): Promise<Ensured<BranchRules>> {
  const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
  const closed = await closeForPushes(api, name, branch, action);
  const gated = await demandPipeline(api, name, rules.requiredStatusChecks.length > 0, action);
  const approved = await demandApprovals(api, name, closed.id, rules.requiredApprovals, action);
  return { changed: closed.changed || gated || approved, value: rules };
}

/** GitLab's checks have no names of their own, so where a pipeline must succeed, `pipeline` stands for all of them. */
export async function getProtection(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<BranchRules | undefined> {
  const action = `Reading the protection of ${branch} of ${name.owner}/${name.repository}`;
  const path = projectPath(name, 'protected_branches', branch);
  const found = await api.read(GitLabProtection, { action, method: 'GET', path, expected: [200, 404] });
  if (found === undefined || !isClosed(found)) return undefined;
  const gate = await required(
    api.read(GitLabMergeGate, { action, method: 'GET', path: projectPath(name), expected: [200] }),
  );
  const requiredApprovals = (await approvalRule(api, name, action))?.approvals_required ?? 0;
  return { requiredApprovals, requiredStatusChecks: gate.only_allow_merge_if_pipeline_succeeds ? ['pipeline'] : [] };
}

function isClosed(protection: z.output<typeof GitLabProtection>): boolean {
  const isOpenForNobody = protection.push_access_levels.every((level) => level.access_level === nobody);
  return isOpenForNobody && protection.allow_force_push !== true;
}

/** Which attributes a rule may be changed by differs with the edition, so one that differs is made anew. */
async function closeForPushes(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
  action: string,
): Promise<{ changed: boolean; id: number }> {
  const path = projectPath(name, 'protected_branches');
  const own = [...path, branch];
  const Protection = GitLabProtection.extend(GitLabProtectedBranchId.shape);
  const present = await api.read(Protection, { action, method: 'GET', path: own, expected: [200, 404] });
  if (present !== undefined) {
    if (isClosed(present)) return { changed: false, id: present.id };
    await api.send({ action, method: 'DELETE', path: own, expected: [204, 404] });
  }
  const body = { name: branch, push_access_level: nobody, merge_access_level: developers, allow_force_push: false };
  const made = await required(api.read(Protection, { action, method: 'POST', path, body, expected: [201] }));
  return { changed: true, id: made.id };
}

async function demandPipeline(
  api: ApiClient,
  name: RepositoryName,
  isDemanded: boolean,
  action: string,
): Promise<boolean> {
  const path = projectPath(name);
  const present = await required(api.read(GitLabMergeGate, { action, method: 'GET', path, expected: [200] }));
  if (present.only_allow_merge_if_pipeline_succeeds === isDemanded) return false;
  const body = { only_allow_merge_if_pipeline_succeeds: isDemanded };
  await api.send({ action, method: 'PUT', path, body, expected: [200] });
  return true;
}

/** Ours. The Free tier does not know the address: there nothing can be demanded, and nothing is in the way. */
async function approvalRule(api: ApiClient, name: RepositoryName, action: string) {
  const path = projectPath(name, 'approval_rules');
  const known = await api.send({ action, method: 'GET', path, expected: [200, 403, 404] });
  if (known.status !== 200) return undefined;
  const rules = await api.list(z.array(GitLabApprovalRule), { action, path });
  return rules.find((each) => each.name === approvalRuleName) ?? { id: undefined, approvals_required: 0 };
}

async function demandApprovals(
  api: ApiClient,
  name: RepositoryName,
  protectedBranchId: number,
  approvals: number,
  action: string,
): Promise<boolean> {
  const path = projectPath(name, 'approval_rules');
  const present = await approvalRule(api, name, action);
  if (present === undefined) {
    if (approvals === 0) return false;
    throw new StepError(`${action} failed: this GitLab has no rules for approvals`, {
      hint: 'Approvals are a feature of Premium; ask for none, or demand a status check instead.',
    });
  }
  if (present.approvals_required === approvals) return false;
  const body = {
    name: approvalRuleName,
    approvals_required: approvals,
    protected_branch_ids: [protectedBranchId],
  };
  await (present.id === undefined
    ? api.send({ action, method: 'POST', path, body, expected: [201] })
    : api.send({ action, method: 'PUT', path: [...path, String(present.id)], body, expected: [200] }));
  return true;
}
