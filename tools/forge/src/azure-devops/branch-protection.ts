import { z } from 'zod';
import type { BranchRules, Ensured, RepositoryName } from '../forge.ts';
import { required } from '../parsed.ts';
import type { AzureApi } from './azure-api.ts';
import { readRepository, refOf } from './repository.ts';
import { AzurePolicy, type AzureRepository } from './schema.ts';
import { genreAndName } from './status-context.ts';
import { projectPath } from './url.ts';

/** Ids of policy types are the same in every organisation ("Policy types"). */
const types = {
  approvals: 'fa4e907d-c16b-4a4c-9dfa-4906e5d171dd',
  mergeStrategy: 'fa4e907d-c16b-4a4c-9dfa-4916e5d171ab',
  status: 'cbdc66da-9728-4af8-aada-9a5a32e4a226',
};

interface WantedPolicy {
  type: string;
  settings: Record<string, unknown>;
}

/** Any blocking policy makes a branch take pull requests only, so there is always one: which ways of merging it takes. */
export async function protectBranch(
  api: AzureApi,
  name: RepositoryName,
  branch: string,
  rules: BranchRules,
): Promise<Ensured<BranchRules>> {
  const action = `Protecting ${branch} of ${name.owner}/${name.repository}`;
  const repository = await required(readRepository(api, name, action, [200]));
  const scope = { repositoryId: repository.id, refName: refOf(branch), matchKind: 'Exact' };
  const present = (await policiesOf(api, name, action)).filter((each) => isOurs(each, scope));
  const path = projectPath(api.root, name.owner, 'policy', 'configurations');
  let changed = false;
  const kept = new Set<number>();
  for (const wanted of wantedPolicies(rules)) {
    const found = present.find((each) => isAbout(each, wanted));
    if (found !== undefined) kept.add(found.id);
    if (found !== undefined && isAs(found, wanted)) continue;
    const settings = { ...wanted.settings, scope: [scope] };
    const body = { isEnabled: true, isBlocking: true, type: { id: wanted.type }, settings };
    await (found === undefined
      ? api.send({ action, method: 'POST', path, body, expected: [200, 201] })
      : api.send({ action, method: 'PUT', path: [...path, String(found.id)], body, expected: [200] }));
    changed = true;
  }
  for (const each of present.filter(({ id }) => !kept.has(id))) {
    await api.send({ action, method: 'DELETE', path: [...path, String(each.id)], expected: [200, 204, 404] });
    changed = true;
  }
  return { changed, value: rules };
}

export function policiesOf(api: AzureApi, name: RepositoryName, action: string): Promise<AzurePolicy[]> {
  return api.list(z.array(AzurePolicy), {
    action,
    path: projectPath(api.root, name.owner, 'policy', 'configurations'),
  });
}

/** Of all policies that hold for the branch, be they of the repository or of the whole project. */
export async function getProtection(
  api: AzureApi,
  name: RepositoryName,
  branch: string,
): Promise<BranchRules | undefined> {
  const action = `Reading the protection of ${branch} of ${name.owner}/${name.repository}`;
  const repository = await required(readRepository(api, name, action, [200]));
  const policies = policiesFor({ repository, policies: await policiesOf(api, name, action) }, refOf(branch));
  if (policies.length === 0) return undefined;
  const ofType = (type: string) => policies.filter((each) => each.type.id === type).map(({ settings }) => settings);
  const approvals = ofType(types.approvals).map((each) => Number(each['minimumApproverCount'] ?? 0));
  const checks = ofType(types.status).map(({ statusGenre, statusName }) =>
    [statusGenre, statusName].filter((part) => typeof part === 'string' && part !== '').join('/'),
  );
  return { requiredApprovals: Math.max(0, ...approvals), requiredStatusChecks: checks };
}

/** Whether a policy closes the branch for pushes. */
export function isProtected(place: PolicyPlace, ref: string): boolean {
  return policiesFor(place, ref).length > 0;
}

interface PolicyPlace {
  repository: AzureRepository;
  policies: readonly AzurePolicy[];
}

function policiesFor({ repository, policies }: PolicyPlace, ref: string): AzurePolicy[] {
  return policies.filter(
    (policy) =>
      policy.isEnabled &&
      policy.isBlocking &&
      policy.isDeleted !== true &&
      (policy.settings.scope ?? []).some((scope) => {
        if (scope.repositoryId != null && scope.repositoryId !== repository.id) return false;
        if (scope.matchKind === 'DefaultBranch') return ref === repository.defaultBranch;
        if (scope.refName == null) return false;
        return scope.matchKind === 'Prefix' ? ref.startsWith(scope.refName) : ref === scope.refName;
      }),
  );
}

function wantedPolicies({ requiredApprovals, requiredStatusChecks }: BranchRules): WantedPolicy[] {
  const approvals = {
    minimumApproverCount: requiredApprovals,
    creatorVoteCounts: false,
    allowDownvotes: false,
    resetOnSourcePush: true,
  };
  const strategy = { allowNoFastForward: true, allowSquash: true };
  return [
    { type: types.mergeStrategy, settings: strategy },
    ...(requiredApprovals > 0 ? [{ type: types.approvals, settings: approvals }] : []),
    ...requiredStatusChecks.map((context) => ({ type: types.status, settings: statusSettings(context) })),
  ];
}

function statusSettings(context: string): Record<string, unknown> {
  const { genre, name } = genreAndName(context);
  return { statusGenre: genre, statusName: name, defaultDisplayName: context, invalidateOnSourceUpdate: true };
}

/** One that is about exactly this branch, of a type that is set here. */
function isOurs(policy: AzurePolicy, wanted: { repositoryId: string; refName: string }): boolean {
  const scopes = policy.settings.scope ?? [];
  return (
    policy.isDeleted !== true &&
    Object.values(types).includes(policy.type.id) &&
    scopes.length === 1 &&
    scopes.every((scope) => scope.repositoryId === wanted.repositoryId && scope.refName === wanted.refName)
  );
}

function isAbout(policy: AzurePolicy, wanted: WantedPolicy): boolean {
  return (
    policy.type.id === wanted.type &&
    ['statusGenre', 'statusName'].every((key) => (policy.settings[key] ?? '') === (wanted.settings[key] ?? ''))
  );
}

function isAs(policy: AzurePolicy, wanted: WantedPolicy): boolean {
  return (
    policy.isEnabled &&
    policy.isBlocking &&
    Object.entries(wanted.settings).every(([key, value]) => policy.settings[key] === value)
  );
}
