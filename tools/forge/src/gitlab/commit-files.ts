import type { ApiClient } from '../api-client.ts';
import { base64Of, type CommitAttempt, commitAtHead } from '../expected-head.ts';
import type { FileChange, FilesCommit, FilesCommitResult, RepositoryName } from '../forge.ts';
import { commitRefused } from '../forge-failure.ts';
import { parsed } from '../parsed.ts';
import { getBranch, projectPath } from './repository.ts';
import { GitLabCommit, GitLabFile } from './schema.ts';

/** GitLab compares each file's last commit with the one it was read at, not the branch with a commit. */
export function commitFiles(api: ApiClient, name: RepositoryName, commit: FilesCommit): Promise<FilesCommitResult> {
  return commitAtHead(
    commit,
    () => getBranch(api, name, commit.branch),
    () => createCommit(api, name, commit),
  );
}

async function createCommit(api: ApiClient, name: RepositoryName, commit: FilesCommit): Promise<CommitAttempt> {
  const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
  const actions = await Promise.all(commit.changes.map((change) => actionFor(api, name, commit, change)));
  const { author } = commit;
  const answer = await api.send({
    action,
    method: 'POST',
    path: projectPath(name, 'repository', 'commits'),
    body: {
      branch: commit.branch,
      commit_message: commit.message,
      actions,
      ...(author === undefined ? {} : { author_name: author.name, author_email: author.email }),
    },
    expected: [201, 400, 403],
  });
  if (answer.status === 201) return { commit: parsed(GitLabCommit, answer, action).id };
  return { refused: commitRefused(action, answer) };
}

async function actionFor(
  api: ApiClient,
  name: RepositoryName,
  commit: FilesCommit,
  change: FileChange,
): Promise<Record<string, string>> {
  const { action, path } = change;
  const content = change.action === 'delete' ? {} : { content: base64Of(change.content), encoding: 'base64' };
  if (action === 'create') return { action, file_path: path, ...content };
  const found = await api.read(GitLabFile, {
    action: `Reading ${path} of ${name.owner}/${name.repository}`,
    method: 'GET',
    path: projectPath(name, 'repository', 'files', path),
    query: { ref: commit.expectedHead },
    expected: [200],
  });
  return { action, file_path: path, last_commit_id: found?.last_commit_id ?? '', ...content };
}
