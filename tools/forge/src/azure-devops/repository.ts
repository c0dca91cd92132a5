import { InputError, StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { Branch, Ensured, ForgeRepository, RepositoryName } from '../forge.ts';
import { parsed, required } from '../parsed.ts';
import type { AzureApi } from './azure-api.ts';
import { isProtected, policiesOf } from './branch-protection.ts';
import { AzureProject, AzureRef, AzureRefUpdates, AzureRepository } from './schema.ts';
import { collectionPath, projectPath, repositoryPath } from './url.ts';

const noCommit = '0'.repeat(40);

export async function getRepository(api: AzureApi, name: RepositoryName): Promise<ForgeRepository | undefined> {
  const found = await readRepository(api, name, `Reading ${name.owner}/${name.repository}`, [200, 404]);
  return found && asRepository(name, found);
}

/** Azure keeps no description of a repository. @throws StepError where the project is not there */
export async function createRepository(api: AzureApi, name: RepositoryName): Promise<Ensured<ForgeRepository>> {
  const present = await getRepository(api, name);
  if (present !== undefined) return { changed: false, value: present };
  const action = `Creating ${name.owner}/${name.repository}`;
  const project = await projectId(api, name.owner, action);
  const answer = await api.send({
    action,
    method: 'POST',
    path: projectPath(api.root, name.owner, 'git', 'repositories'),
    body: { name: name.repository, project: { id: project } },
    expected: [201, 409],
  });
  if (answer.status === 201)
    return { changed: true, value: asRepository(name, parsed(AzureRepository, answer, action)) };
  // 409: somebody beside us has just made it
  const value = await required(getRepository(api, name));
  return { changed: false, value };
}

/** It goes into the project's bin, by its id: a name may be another's in the next moment. */
export async function deleteRepository(api: AzureApi, name: RepositoryName): Promise<{ changed: boolean }> {
  const action = `Deleting ${name.owner}/${name.repository}`;
  const found = await readRepository(api, name, action, [200, 404]);
  if (found === undefined) return { changed: false };
  const path = projectPath(api.root, name.owner, 'git', 'repositories', found.id);
  const answer = await api.send({ action, method: 'DELETE', path, expected: [204, 404] });
  return { changed: answer.status === 204 };
}

export async function setDefaultBranch(
  api: AzureApi,
  name: RepositoryName,
  branch: string,
): Promise<Ensured<ForgeRepository>> {
  const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
  const present = await required(readRepository(api, name, action, [200]));
  const defaultBranch = refOf(branch);
  if (present.defaultBranch === defaultBranch) return { changed: false, value: asRepository(name, present) };
  if ((await findRef(api, name, branch)) === undefined) throw new InputError(`${action} failed: it has no such branch`);
  const answer = await api.send({
    action,
    method: 'PATCH',
    path: projectPath(api.root, name.owner, 'git', 'repositories', present.id),
    body: { defaultBranch },
    expected: [200],
  });
  return { changed: true, value: asRepository(name, parsed(AzureRepository, answer, action)) };
}

export async function getBranch(api: AzureApi, name: RepositoryName, branch: string): Promise<Branch | undefined> {
  const found = await findRef(api, name, branch);
  if (found === undefined) return undefined;
  return { name: branch, commit: found.objectId, protected: isProtected(await rulesOf(api, name), found.name) };
}

export async function listBranches(api: AzureApi, name: RepositoryName): Promise<Branch[]> {
  const refs = await listRefs(api, name, 'heads/', `Listing the branches of ${name.owner}/${name.repository}`);
  const rules = refs.length === 0 ? undefined : await rulesOf(api, name);
  return refs.map((ref) => ({
    name: branchOf(ref.name),
    commit: ref.objectId,
    protected: rules !== undefined && isProtected(rules, ref.name),
  }));
}

/** A branch goes by moving it from where it was seen to nowhere: one that has moved meanwhile stays. */
export async function deleteBranch(api: AzureApi, name: RepositoryName, branch: string): Promise<{ changed: boolean }> {
  const found = await findRef(api, name, branch);
  if (found === undefined) return { changed: false };
  const action = `Deleting branch ${branch} of ${name.owner}/${name.repository}`;
  const answer = await api.send({
    action,
    method: 'POST',
    path: repositoryPath(api.root, name, 'refs'),
    body: [{ name: found.name, oldObjectId: found.objectId, newObjectId: noCommit }],
    expected: [200],
  });
  const [update] = parsed(AzureRefUpdates, answer, action).value;
  if (update?.success === true) return { changed: true };
  if ((await findRef(api, name, branch)) === undefined) return { changed: false };
  throw new StepError(`${action} failed: Azure DevOps refuses it (${update?.updateStatus ?? 'no reason given'})`, {
    hint: 'See whether a policy protects the branch, and whether somebody has pushed to it.',
  });
}

export async function projectId(api: AzureApi, owner: string, action: string): Promise<string> {
  const path = collectionPath(api.root, owner, 'projects', owner.split('/').at(-1) ?? '');
  const found = await api.read(AzureProject, { action, method: 'GET', path, expected: [200, 404] });
  if (found !== undefined) return found.id;
  throw new StepError(`${action} failed: the token sees no project ${owner}`, {
    hint: `Create the project ${owner}, or give a token that may see it.`,
  });
}

export function readRepository(
  api: AzureApi,
  name: RepositoryName,
  action: string,
  expected: readonly number[],
): Promise<AzureRepository | undefined> {
  return api.read(AzureRepository, { action, method: 'GET', path: repositoryPath(api.root, name), expected });
}

export function refOf(branch: string): string {
  return `refs/heads/${branch}`;
}

export function branchOf(ref: string): string {
  return ref.replace(/^refs\/heads\//, '');
}

/** Where a branch is, without asking whether a policy protects it. */
export async function findTip(
  api: AzureApi,
  name: RepositoryName,
  branch: string,
): Promise<{ commit: string } | undefined> {
  const found = await findRef(api, name, branch);
  return found && { commit: found.objectId };
}

/** The filter is a prefix: `heads/main` finds `main-2` too. */
async function findRef(
  api: AzureApi,
  name: RepositoryName,
  branch: string,
): Promise<z.output<typeof AzureRef> | undefined> {
  const action = `Reading branch ${branch} of ${name.owner}/${name.repository}`;
  const refs = await listRefs(api, name, `heads/${branch}`, action);
  return refs.find((each) => each.name === refOf(branch));
}

function listRefs(api: AzureApi, name: RepositoryName, filter: string, action: string) {
  return api.list(z.array(AzureRef), {
    action,
    path: repositoryPath(api.root, name, 'refs'),
    query: { filter, $top: '100' },
  });
}

async function rulesOf(api: AzureApi, name: RepositoryName) {
  const action = `Reading the policies of ${name.owner}/${name.repository}`;
  const repository = await required(readRepository(api, name, action, [200]));
  return { repository, policies: await policiesOf(api, name, action) };
}

function asRepository(name: RepositoryName, found: AzureRepository): ForgeRepository {
  return {
    owner: name.owner,
    repository: found.name,
    private: found.project.visibility !== 'public',
    defaultBranch: branchOf(found.defaultBranch ?? 'main'),
    cloneUrl: withoutUser(found.remoteUrl),
    webUrl: found.webUrl,
    description: '',
  };
}

/** Services put the organisation before the `@`. */
function withoutUser(address: string): string {
  const url = new URL(address);
  url.username = '';
  return url.href;
}
