import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ChangeRequest, Ensured, NewChangeRequest, RepositoryName } from '../forge.ts';
import { wordsOf } from '../forge-failure.ts';
import { parsed, required } from '../parsed.ts';
import type { AzureApi } from './azure-api.ts';
import { branchOf, refOf } from './repository.ts';
import { AzurePullRequest } from './schema.ts';
import { azurePlace, repositoryPath } from './url.ts';

/** Lists cut descriptions, so the one that was found is read by itself. */
export async function findChangeRequest(
  api: AzureApi,
  name: RepositoryName,
  { source, target }: { source: string; target: string },
): Promise<ChangeRequest | undefined> {
  const action = `Looking for pull requests of ${name.owner}/${name.repository}`;
  const criteria = {
    'searchCriteria.sourceRefName': refOf(source),
    'searchCriteria.targetRefName': refOf(target),
  };
  const open = await activePullRequests(api, name, criteria, action);
  const found = open.find((each) => each.forkSource == null);
  return found && getChangeRequest(api, name, found.pullRequestId);
}

export async function openChangeRequest(
  api: AzureApi,
  name: RepositoryName,
  request: NewChangeRequest,
): Promise<Ensured<ChangeRequest>> {
  const action = `Opening a pull request from ${request.source} to ${request.target} in ${name.owner}/${name.repository}`;
  const answer = await api.send({
    action,
    method: 'POST',
    path: repositoryPath(api.root, name, 'pullrequests'),
    body: {
      sourceRefName: refOf(request.source),
      targetRefName: refOf(request.target),
      title: request.title,
      description: request.body,
    },
    expected: [201, 409],
  });
  if (answer.status === 201) {
    return { changed: true, value: asChangeRequest(api, name, parsed(AzurePullRequest, answer, action)) };
  }
  const value = await findChangeRequest(api, name, request);
  if (value !== undefined) return { changed: false, value };
  throw new StepError(`${action} failed: Azure DevOps does not accept it${wordsOf(answer)}`, {
    hint: 'See that both branches exist and differ.',
  });
}

export async function updateChangeRequest(
  api: AzureApi,
  name: RepositoryName,
  number: number,
  text: { title: string; body: string },
): Promise<Ensured<ChangeRequest>> {
  const action = `Updating pull request ${number} of ${name.owner}/${name.repository}`;
  const present = await required(readPullRequest(api, name, number, action, [200]));
  if (present.title === text.title && (present.description ?? '') === text.body) {
    return { changed: false, value: asChangeRequest(api, name, present) };
  }
  const body = { title: text.title, description: text.body };
  return { changed: true, value: asChangeRequest(api, name, await editPullRequest(api, name, number, action, body)) };
}

export async function getChangeRequest(
  api: AzureApi,
  name: RepositoryName,
  number: number,
): Promise<ChangeRequest | undefined> {
  const action = `Reading pull request ${number} of ${name.owner}/${name.repository}`;
  const found = await readPullRequest(api, name, number, action, [200, 404]);
  return found && asChangeRequest(api, name, found);
}

/** Azure counts these pages, and says nothing at the end of the last one: a page that is not full is the last. */
export async function activePullRequests(
  api: AzureApi,
  name: RepositoryName,
  criteria: Record<string, string>,
  action: string,
): Promise<AzurePullRequest[]> {
  const size = 100;
  const all: AzurePullRequest[] = [];
  for (;;) {
    const query = { ...criteria, 'searchCriteria.status': 'active', $top: String(size), $skip: String(all.length) };
    const path = repositoryPath(api.root, name, 'pullrequests');
    const answer = await api.send({ action, method: 'GET', path, query, expected: [200] });
    const { value } = parsed(z.object({ value: z.array(AzurePullRequest) }), answer, action);
    all.push(...value);
    if (value.length < size) return all;
  }
}

export function readPullRequest(
  api: AzureApi,
  name: RepositoryName,
  number: number,
  action: string,
  expected: readonly number[],
): Promise<AzurePullRequest | undefined> {
  const path = repositoryPath(api.root, name, 'pullrequests', String(number));
  return api.read(AzurePullRequest, { action, method: 'GET', path, expected });
}

export function editPullRequest(
  api: AzureApi,
  name: RepositoryName,
  number: number,
  action: string,
  body: Record<string, unknown>,
): Promise<AzurePullRequest> {
  const path = repositoryPath(api.root, name, 'pullrequests', String(number));
  return required(api.read(AzurePullRequest, { action, method: 'PATCH', path, body, expected: [200] }));
}

function asChangeRequest(api: AzureApi, name: RepositoryName, found: AzurePullRequest): ChangeRequest {
  const states = { active: 'open', notSet: 'open', abandoned: 'closed', completed: 'merged' } as const;
  const isMerged = found.status === 'completed';
  const { collection, project } = azurePlace(api.root, name.owner);
  const place = [...collection, project, '_git', name.repository].map(encodeURIComponent).join('/');
  return {
    number: found.pullRequestId,
    url: `${api.root.href.replace(/\/$/, '')}/${place}/pullrequest/${found.pullRequestId}`,
    title: found.title,
    body: found.description ?? '',
    state: states[found.status],
    source: branchOf(found.sourceRefName),
    target: branchOf(found.targetRefName),
    head: found.lastMergeSourceCommit?.commitId ?? '',
    // before the merge Azure fills the field with a commit of its own trial
    ...(isMerged && found.lastMergeCommit ? { mergeCommit: found.lastMergeCommit.commitId } : {}),
  };
}
