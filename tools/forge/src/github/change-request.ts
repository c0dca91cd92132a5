import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { ChangeRequest, Ensured, MergeOptions, MergeResult, NewChangeRequest, RepositoryName } from '../forge.ts';
import { headMoved, wordsOf } from '../forge-failure.ts';
import { parsed, required } from '../parsed.ts';
import { repositoryPath } from '../rest-repository.ts';
import { enableAutoMerge } from './auto-merge.ts';
import { GitHubMerge, GitHubPullRequest } from './schema.ts';

export async function findChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  { source, target }: { source: string; target: string },
): Promise<ChangeRequest | undefined> {
  const open = await api.list(z.array(GitHubPullRequest), {
    action: `Looking for pull requests of ${name.owner}/${name.repository}`,
    path: repositoryPath(name, 'pulls'),
    query: { state: 'open', head: `${name.owner}:${source}`, base: target },
  });
  // GitHub ignores a head it cannot read, and then lists every pull request
  const found = open.find(({ head, base }) => head.ref === source && base.ref === target);
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
    expected: [201, 422],
  });
  if (answer.status === 201) {
    return { changed: true, value: asChangeRequest(parsed(GitHubPullRequest, answer, action)) };
  }
  // 422 also stands for "already exists" ("Validation Failed")
  const value = await findChangeRequest(api, name, request);
  if (value !== undefined) return { changed: false, value };
  throw new StepError(`${action} failed: GitHub does not accept it${wordsOf(answer)}`, {
    hint: 'See that both branches exist and differ.',
  });
}

export async function updateChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  text: { title: string; body: string },
): Promise<Ensured<ChangeRequest>> {
  const action = `Updating pull request ${number} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'pulls', String(number));
  const present = await required(api.read(GitHubPullRequest, { action, method: 'GET', path, expected: [200] }));
  if (present.title === text.title && (present.body ?? '') === text.body) {
    return { changed: false, value: asChangeRequest(present) };
  }
  const value = await required(
    api.read(GitHubPullRequest, { action, method: 'PATCH', path, body: text, expected: [200] }),
  );
  return { changed: true, value: asChangeRequest(value) };
}

export async function getChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
): Promise<ChangeRequest | undefined> {
  const found = await readPullRequest(api, name, number, [200, 404]);
  return found && asChangeRequest(found);
}

/** Merges at once where it can be; with `auto`, asks GitHub to do it later where it cannot be yet. */
export async function mergeChangeRequest(
  { api, graphQl }: { api: ApiClient; graphQl: ApiClient },
  name: RepositoryName,
  number: number,
  options: MergeOptions,
): Promise<MergeResult> {
  const action = `Merging pull request ${number} of ${name.owner}/${name.repository}`;
  const present = await required(readPullRequest(api, name, number, [200]));
  if (present.merged_at != null) return { outcome: 'merged', commit: present.merge_commit_sha ?? '', changed: false };
  if (present.head.sha !== options.expectedHead) throw headMoved(action, present.head.ref, options.expectedHead);
  const answer = await api.send({
    action,
    method: 'PUT',
    path: repositoryPath(name, 'pulls', String(number), 'merge'),
    body: {
      sha: options.expectedHead,
      merge_method: options.method,
      ...(options.title === undefined ? {} : { commit_title: options.title }),
    },
    expected: [200, 405, 409],
    repeatable: false,
  });
  if (answer.status === 200) {
    return { outcome: 'merged', commit: parsed(GitHubMerge, answer, action).sha, changed: true };
  }
  if (answer.status === 409) throw headMoved(action, present.head.ref, options.expectedHead);
  if (options.auto !== true) {
    throw new StepError(`${action} failed: it cannot be merged${wordsOf(answer)}`, {
      hint: 'Open its page to see which checks or approvals it waits for, and whether there is a conflict.',
    });
  }
  if (present.auto_merge != null) return { outcome: 'scheduled', changed: false };
  await enableAutoMerge(graphQl, action, present.node_id, options);
  return { outcome: 'scheduled', changed: true };
}

function readPullRequest(api: ApiClient, name: RepositoryName, number: number, expected: readonly number[]) {
  return api.read(GitHubPullRequest, {
    action: `Reading pull request ${number} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: repositoryPath(name, 'pulls', String(number)),
    expected,
  });
}

function asChangeRequest(found: GitHubPullRequest): ChangeRequest {
  const isMerged = found.merged_at != null;
  return {
    number: found.number,
    url: found.html_url,
    title: found.title,
    body: found.body ?? '',
    state: isMerged ? 'merged' : found.state,
    source: found.head.ref,
    target: found.base.ref,
    head: found.head.sha,
    // before the merge GitHub fills the field with a commit of its own trial
    ...(isMerged && found.merge_commit_sha ? { mergeCommit: found.merge_commit_sha } : {}),
  };
}
