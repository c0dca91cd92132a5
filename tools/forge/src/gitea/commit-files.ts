import type { ApiClient } from '../api-client.ts';
import { base64Of, type CommitAttempt, commitAtHead } from '../expected-head.ts';
import type { FileChange, FilesCommit, FilesCommitResult, RepositoryName } from '../forge.ts';
import { commitRefused } from '../forge-failure.ts';
import { parsed } from '../parsed.ts';
import { repositoryPath } from '../rest-repository.ts';
import { getBranch } from './repository.ts';
import { GiteaContents, GiteaFilesCommit } from './schema.ts';

/** Gitea compares each file with the blob that it was read from, not the branch with a commit. */
export function commitFiles(api: ApiClient, name: RepositoryName, commit: FilesCommit): Promise<FilesCommitResult> {
  return commitAtHead(
    commit,
    () => getBranch(api, name, commit.branch),
    () => changeFiles(api, name, commit),
  );
}

async function changeFiles(api: ApiClient, name: RepositoryName, commit: FilesCommit): Promise<CommitAttempt> {
  const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
  const files = await Promise.all(commit.changes.map((change) => operationFor(api, name, commit, change)));
  const { branch, message, author } = commit;
  const answer = await api.send({
    action,
    method: 'POST',
    path: repositoryPath(name, 'contents'),
    body: { branch, message, files, ...(author === undefined ? {} : { author }) },
    expected: [201, 403, 404, 409, 422],
  });
  if (answer.status === 201) return { commit: parsed(GiteaFilesCommit, answer, action).commit.sha };
  return { refused: commitRefused(action, answer) };
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
