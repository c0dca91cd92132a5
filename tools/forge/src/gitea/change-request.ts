import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { ChangeRequest, Ensured, MergeOptions, MergeResult, NewChangeRequest, RepositoryName } from '../forge.ts';
import { headMoved, wordsOf } from '../forge-failure.ts';
import { required } from '../parsed.ts';
import { repositoryPath } from '../rest-repository.ts';
import { GiteaPullRequest } from './schema.ts';

export async function findChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  branches: { source: string; target: string },
): Promise<ChangeRequest | undefined> {
  const action = `Looking for pull requests of ${name.owner}/${name.repository}`;
  const open = await api.list(z.array(GiteaPullRequest), {
    action,
    path: repositoryPath(name, 'pulls'),
    query: { state: 'open' },
  });
  const found = open.find(
    ({ head, base }) => head.label === branches.source && base.ref === branches.target && head.repo_id === base.repo_id,
  );
  return found && asChangeRequest(found);
}

export async function openChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  request: NewChangeRequest,
): Promise<Ensured<ChangeRequest>> {
  const action = `Opening a pull request from ${request.source} to ${request.target} in ${name.owner}/${name.repository}`;
  const answer = await api.send({
    action,
    method: 'POST',
    path: repositoryPath(name, 'pulls'),
    body: { head: request.source, base: request.target, title: request.title, body: request.body },
    expected: [201, 409],
    // Gitea works through a push after it has answered it; until then its API does not know the branch.
    passing: [404],
  });
  const found = await findChangeRequest(api, name, request);
  if (found === undefined)
    throw new StepError(`${action} failed: the forge answered ${answer.status}${wordsOf(answer)}`);
  return { changed: answer.status === 201, value: found };
}

export async function updateChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  text: { title: string; body: string },
): Promise<Ensured<ChangeRequest>> {
  const action = `Updating pull request ${number} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'pulls', String(number));
  const present = await required(api.read(GiteaPullRequest, { action, method: 'GET', path, expected: [200] }));
  if (present.title === text.title && (present.body ?? '') === text.body) {
    return { changed: false, value: asChangeRequest(present) };
  }
  const value = await required(
    api.read(GiteaPullRequest, { action, method: 'PATCH', path, body: text, expected: [200, 201] }),
  );
  return { changed: true, value: asChangeRequest(value) };
}

export async function getChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
): Promise<ChangeRequest | undefined> {
  const found = await api.read(GiteaPullRequest, {
    action: `Reading pull request ${number} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: repositoryPath(name, 'pulls', String(number)),
    expected: [200, 404],
  });
  return found && asChangeRequest(found);
}

/** Gitea answers 200 when it has merged and 201 when it will, once the checks have succeeded. */
export async function mergeChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  options: MergeOptions,
): Promise<MergeResult> {
  const action = `Merging pull request ${number} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'pulls', String(number));
  const present = await required(api.read(GiteaPullRequest, { action, method: 'GET', path, expected: [200] }));
  if (present.merged) return { outcome: 'merged', commit: present.merge_commit_sha ?? '', changed: false };
  if (present.head.sha !== options.expectedHead) throw headMoved(action, present.head.ref, options.expectedHead);
  const answer = await api.send({
    action,
    method: 'POST',
    path: [...path, 'merge'],
    body: {
      do: options.method,
      head_commit_id: options.expectedHead,
      merge_when_checks_succeed: options.auto === true,
      // the second name is the one before 1.26
      ...(options.title === undefined ? {} : { merge_title_field: options.title, MergeTitleField: options.title }),
    },
    expected: [200, 201, 405, 409],
  });
  if (answer.status === 201) return { outcome: 'scheduled', changed: true };
  const after = await getChangeRequest(api, name, number);
  if (after?.mergeCommit !== undefined) return { outcome: 'merged', commit: after.mergeCommit, changed: true };
  const words = wordsOf(answer);
  if (options.auto === true && answer.status === 409 && /auto merge/i.test(words)) {
    return { outcome: 'scheduled', changed: false };
  }
  throw refusedMerge(action, answer.status, words);
}

function refusedMerge(action: string, status: number, words: string): StepError {
  const why =
    status === 409
      ? 'the branches conflict, or one of them has moved'
      : 'it has a conflict, or a rule of the branch is not met';
  return new StepError(`${action} failed: ${why}${words}`, {
    hint: 'Open its page to see which checks or approvals it waits for, and whether there is a conflict.',
  });
}

function asChangeRequest(found: z.output<typeof GiteaPullRequest>): ChangeRequest {
  const open = found.state === 'open' ? 'open' : 'closed';
  return {
    number: found.number,
    url: found.html_url,
    title: found.title,
    body: found.body ?? '',
    state: found.merged ? 'merged' : open,
    source: found.head.label,
    target: found.base.ref,
    head: found.head.sha,
    ...(found.merged && found.merge_commit_sha ? { mergeCommit: found.merge_commit_sha } : {}),
  };
}
