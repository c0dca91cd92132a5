import { type Answer, StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { ChangeRequest, Ensured, MergeOptions, MergeResult, NewChangeRequest, RepositoryName } from '../forge.ts';
import { headMoved, wordsOf } from '../forge-failure.ts';
import { parsed, required } from '../parsed.ts';
import { projectPath } from './repository.ts';
import { GitLabMergeRequest } from './schema.ts';

export async function findChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  { source, target }: { source: string; target: string },
): Promise<ChangeRequest | undefined> {
  const open = await api.list(z.array(GitLabMergeRequest), {
    action: `Looking for merge requests of ${name.owner}/${name.repository}`,
    path: projectPath(name, 'merge_requests'),
    query: { state: 'opened', source_branch: source, target_branch: target },
  });
  const found = open.find((each) => each.source_project_id === each.target_project_id);
  return found && asChangeRequest(found);
}

/** 409 is GitLab's answer when one is open already. */
export async function openChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  request: NewChangeRequest,
): Promise<Ensured<ChangeRequest>> {
  const action = `Opening a merge request from ${request.source} to ${request.target} in ${name.owner}/${name.repository}`;
  const answer = await api.send({
    action,
    method: 'POST',
    path: projectPath(name, 'merge_requests'),
    body: {
      source_branch: request.source,
      target_branch: request.target,
      title: request.title,
      description: request.body,
    },
    expected: [201, 409],
  });
  if (answer.status === 201) {
    return { changed: true, value: asChangeRequest(parsed(GitLabMergeRequest, answer, action)) };
  }
  const value = await findChangeRequest(api, name, request);
  if (value !== undefined) return { changed: false, value };
  throw new StepError(`${action} failed: GitLab does not accept it${wordsOf(answer)}`, {
    hint: 'See that both branches exist and differ.',
  });
}

export async function updateChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  text: { title: string; body: string },
): Promise<Ensured<ChangeRequest>> {
  const action = `Updating merge request ${number} of ${name.owner}/${name.repository}`;
  const path = projectPath(name, 'merge_requests', String(number));
  const present = await required(api.read(GitLabMergeRequest, { action, method: 'GET', path, expected: [200] }));
  if (present.title === text.title && (present.description ?? '') === text.body) {
    return { changed: false, value: asChangeRequest(present) };
  }
  const body = { title: text.title, description: text.body };
  const value = await required(api.read(GitLabMergeRequest, { action, method: 'PUT', path, body, expected: [200] }));
  return { changed: true, value: asChangeRequest(value) };
}

export async function getChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
): Promise<ChangeRequest | undefined> {
  const found = await readMergeRequest(api, name, number, [200, 404]);
  return found && asChangeRequest(found);
}

/** With `auto` GitLab merges at once where it can be, and otherwise when all its checks have passed. */
export async function mergeChangeRequest(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  options: MergeOptions,
): Promise<MergeResult> {
  const action = `Merging merge request ${number} of ${name.owner}/${name.repository}`;
  const present = await required(readMergeRequest(api, name, number, [200]));
  if (present.state === 'merged') return { outcome: 'merged', commit: mergeCommitOf(present), changed: false };
  if (present.sha !== options.expectedHead) throw headMoved(action, present.source_branch, options.expectedHead);
  if (options.auto === true && present.merge_when_pipeline_succeeds === true) {
    return { outcome: 'scheduled', changed: false };
  }
  const answer = await api.send({
    action,
    method: 'PUT',
    path: projectPath(name, 'merge_requests', String(number), 'merge'),
    body: mergeBody(options),
    expected: [200, 401, 405, 406, 409, 422],
    repeatable: false,
  });
  if (answer.status === 409) throw headMoved(action, present.source_branch, options.expectedHead);
  if (answer.status !== 200) throw refusedMerge(action, answer);
  const after = parsed(GitLabMergeRequest, answer, action);
  if (after.state === 'merged') return { outcome: 'merged', commit: mergeCommitOf(after), changed: true };
  return { outcome: 'scheduled', changed: true };
}

/** `auto_merge` is what `merge_when_pipeline_succeeds` is called since 17.11; each version passes over the other's name. */
function mergeBody({ expectedHead, method, auto, title }: MergeOptions): Record<string, unknown> {
  const isSquash = method === 'squash';
  const message = isSquash ? 'squash_commit_message' : 'merge_commit_message';
  return {
    sha: expectedHead,
    squash: isSquash,
    ...(title === undefined ? {} : { [message]: title }),
    ...(auto === true ? { auto_merge: true, merge_when_pipeline_succeeds: true } : {}),
  };
}

/** GitLab answers 401 to a token that may not merge, although it may read ("Merge a merge request"). */
function refusedMerge(action: string, answer: Answer): StepError {
  if (answer.status === 401) {
    return new StepError(`${action} failed: the token may not merge into this branch`, {
      hint: 'Give it a role that the protected branch lets merge.',
    });
  }
  return new StepError(`${action} failed: it cannot be merged${wordsOf(answer)}`, {
    hint: 'Open its page to see which pipelines or approvals it waits for, and whether there is a conflict.',
  });
}

function readMergeRequest(api: ApiClient, name: RepositoryName, number: number, expected: readonly number[]) {
  return api.read(GitLabMergeRequest, {
    action: `Reading merge request ${number} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: projectPath(name, 'merge_requests', String(number)),
    expected,
  });
}

/** A fast-forward leaves the source's own commit, or the squashed one. */
function mergeCommitOf(found: GitLabMergeRequest): string {
  return found.merge_commit_sha ?? found.squash_commit_sha ?? found.sha ?? '';
}

function asChangeRequest(found: GitLabMergeRequest): ChangeRequest {
  const isMerged = found.state === 'merged';
  const open = found.state === 'closed' ? 'closed' : 'open';
  return {
    number: found.iid,
    url: found.web_url,
    title: found.title,
    body: found.description ?? '',
    state: isMerged ? 'merged' : open,
    source: found.source_branch,
    target: found.target_branch,
    head: found.sha ?? '',
    ...(isMerged ? { mergeCommit: mergeCommitOf(found) } : {}),
  };
}
