import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { Branch, Ensured, ForgeRepository, RepositoryName } from '../forge.ts';
import { parsed, required } from '../parsed.ts';
import { GitLabBranch, GitLabNamespace, GitLabProject } from './schema.ts';

/** A project is named by its whole path as one segment ("Namespaced paths"). */
export function projectPath(name: RepositoryName, ...more: string[]): string[] {
  const segments = [...name.owner.split('/'), name.repository];
  const isWhole = segments.every((each) => each !== '' && each !== '.' && each !== '..');
  return ['projects', isWhole ? segments.join('/') : '', ...more];
}

export async function getRepository(api: ApiClient, name: RepositoryName): Promise<ForgeRepository | undefined> {
  const found = await api.read(GitLabProject, {
    action: `Reading ${name.owner}/${name.repository}`,
    method: 'GET',
    path: projectPath(name),
    expected: [200, 404],
  });
  return found && asRepository(found);
}

/** Below a group, however deep, or a user's own namespace. */
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
    path: ['projects'],
    body: {
      name: name.repository,
      path: name.repository,
      namespace_id: await namespaceId(api, name.owner, action),
      description,
      visibility: 'private',
      initialize_with_readme: false,
    },
    expected: [201, 400],
  });
  if (answer.status === 201) return { changed: true, value: asRepository(parsed(GitLabProject, answer, action)) };
  // 400: somebody beside us has just made it, or the name cannot be
  const value = await getRepository(api, name);
  if (value !== undefined) return { changed: false, value };
  throw new StepError(`${action} failed: GitLab does not accept it (400)`, {
    hint: 'See that the name is allowed, and that the group lets the token create private projects.',
  });
}

/** A GitLab that keeps what is removed for some days answers 202, and shows it until then to its owners. */
export async function deleteRepository(api: ApiClient, name: RepositoryName): Promise<{ changed: boolean }> {
  const answer = await api.send({
    action: `Deleting ${name.owner}/${name.repository}`,
    method: 'DELETE',
    path: projectPath(name),
    expected: [202, 204, 404],
  });
  return { changed: answer.status !== 404 };
}

export async function setDefaultBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<Ensured<ForgeRepository>> {
  const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
  const path = projectPath(name);
  const present = await required(api.read(GitLabProject, { action, method: 'GET', path, expected: [200] }));
  if (present.default_branch === branch) return { changed: false, value: asRepository(present) };
  const body = { default_branch: branch };
  const value = await required(api.read(GitLabProject, { action, method: 'PUT', path, body, expected: [200] }));
  if (value.default_branch !== branch) throw new StepError(`${action} failed: the forge has not taken it`);
  return { changed: true, value: asRepository(value) };
}

export async function getBranch(api: ApiClient, name: RepositoryName, branch: string): Promise<Branch | undefined> {
  const found = await api.read(GitLabBranch, {
    action: `Reading branch ${branch} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: projectPath(name, 'repository', 'branches', branch),
    expected: [200, 404],
  });
  return found && asBranch(found);
}

export async function listBranches(api: ApiClient, name: RepositoryName): Promise<Branch[]> {
  const action = `Listing the branches of ${name.owner}/${name.repository}`;
  const path = projectPath(name, 'repository', 'branches');
  return (await api.list(z.array(GitLabBranch), { action, path })).map(asBranch);
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
    path: projectPath(name, 'repository', 'branches', branch),
    expected: [204, 404],
  });
  return { changed: answer.status === 204 };
}

async function namespaceId(api: ApiClient, owner: string, action: string): Promise<number> {
  const found = await api.read(GitLabNamespace, {
    action,
    method: 'GET',
    path: ['namespaces', owner],
    expected: [200, 404],
  });
  if (found !== undefined) return found.id;
  throw new StepError(`${action} failed: the token sees no group ${owner}`, {
    hint: `Create the group ${owner}, or give a token that may create projects in it.`,
  });
}

function asRepository(found: z.output<typeof GitLabProject>): ForgeRepository {
  return {
    owner: found.namespace.full_path,
    repository: found.path,
    private: found.visibility === 'private',
    defaultBranch: found.default_branch ?? 'main',
    cloneUrl: found.http_url_to_repo,
    webUrl: found.web_url,
    description: found.description ?? '',
  };
}

function asBranch(found: z.output<typeof GitLabBranch>): Branch {
  return { name: found.name, commit: found.commit.id, protected: found.protected };
}
