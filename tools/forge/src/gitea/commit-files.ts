import type { Clock } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import { base64Of, type CommitAttempt, commitAtHead } from '../expected-head.ts';
import type { FileChange, FilesCommit, FilesCommitResult, RepositoryName } from '../forge.ts';
import { commitRefused, forgeFailure } from '../forge-failure.ts';
import { parsed } from '../parsed.ts';
import { repositoryPath } from '../rest-repository.ts';
import { getBranch } from './repository.ts';
import { GiteaCommit, GiteaContents, GiteaFilesCommit } from './schema.ts';

/** Gitea compares each file with the blob that it was read from, not the branch with a commit. */
export function commitFiles(
  { api, clock }: { api: ApiClient; clock: Clock },
  name: RepositoryName,
  commit: FilesCommit,
): Promise<FilesCommitResult> {
  return commitAtHead(
    commit,
    () => getBranch(api, name, commit.branch),
    () => changeFiles({ api, clock }, name, commit),
  );
}

async function changeFiles(
  { api, clock }: { api: ApiClient; clock: Clock },
  name: RepositoryName,
  commit: FilesCommit,
): Promise<CommitAttempt> {
  const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
  const files = await Promise.all(commit.changes.map((change) => operationFor(api, name, commit, change)));
  const { branch, message, author } = commit;
  const answer = await api.send({
    action,
    method: 'POST',
    path: repositoryPath(name, 'contents'),
    body: { branch, message, files, ...(author === undefined ? {} : { author }) },
    expected: [201, 403, 404, 409, 422, 500],
  });
  if (answer.status === 201) return { commit: parsed(GiteaFilesCommit, answer, action).commit.sha };
  if (answer.status !== 500) return { refused: commitRefused(action, answer) };
  const failure = forgeFailure(action, answer, clock.now());
  if (await mayHaveLanded(api, name, commit)) throw failure;
  return { refused: failure };
}

/**
 * Gitea pushes what it has committed, and where another push comes first it answers 500, whose words (`PushOutOfDate`)
 * only administrators are told (`handleChangeRepoFilesError` in its routers/api/v1/repo/file.go).
 */
async function mayHaveLanded(
  api: ApiClient,
  name: RepositoryName,
  { branch, message, expectedHead }: FilesCommit,
): Promise<boolean> {
  const since = await api.list(z.array(GiteaCommit), {
    action: `Reading the commits of ${branch} of ${name.owner}/${name.repository}`,
    path: repositoryPath(name, 'commits'),
    query: { sha: branch, not: expectedHead, stat: 'false', verification: 'false', files: 'false' },
  });
  return since.some(({ commit }) => commit.message.trim() === message.trim());
}

async function operationFor(
  api: ApiClient,
  name: RepositoryName,
  commit: FilesCommit,
  change: FileChange,
): Promise<Record<string, string>> {
  const { action: operation, path } = change;
  const content = change.action === 'delete' ? {} : { content: base64Of(change.content) };
  if (operation === 'create') return { operation, path, ...content };
  const found = await api.read(GiteaContents, {
    action: `Reading ${path} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: repositoryPath(name, 'contents', ...path.split('/')),
    query: { ref: commit.expectedHead },
    expected: [200],
  });
  return { operation, path, sha: found?.sha ?? '', ...content };
}
