import { base64Of, type CommitAttempt, commitAtHead } from '../expected-head.ts';
import type { FileChange, FilesCommit, FilesCommitResult, RepositoryName } from '../forge.ts';
import { commitRefused } from '../forge-failure.ts';
import { parsed } from '../parsed.ts';
import type { AzureApi } from './azure-api.ts';
import { findTip, refOf } from './repository.ts';
import { AzurePush } from './schema.ts';
import { repositoryPath } from './url.ts';

/** A push over REST: the ref is moved from the expected commit or not at all. */
export function commitFiles(api: AzureApi, name: RepositoryName, commit: FilesCommit): Promise<FilesCommitResult> {
  return commitAtHead(
    commit,
    () => findTip(api, name, commit.branch),
    () => push(api, name, commit),
  );
}

async function push(api: AzureApi, name: RepositoryName, commit: FilesCommit): Promise<CommitAttempt> {
  const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
  const { author } = commit;
  const answer = await api.send({
    action,
    method: 'POST',
    path: repositoryPath(api.root, name, 'pushes'),
    body: {
      refUpdates: [{ name: refOf(commit.branch), oldObjectId: commit.expectedHead }],
      commits: [
        {
          comment: commit.message,
          changes: commit.changes.map(changeOf),
          ...(author === undefined ? {} : { author: { name: author.name, email: author.email } }),
        },
      ],
    },
    expected: [201, 400, 403, 409],
  });
  if (answer.status !== 201) return { refused: commitRefused(action, answer) };
  return { commit: parsed(AzurePush, answer, action).commits[0]?.commitId ?? '' };
}

const changeTypes: Record<FileChange['action'], string> = { create: 'add', update: 'edit', delete: 'delete' };

function changeOf(change: FileChange): Record<string, unknown> {
  const place = { changeType: changeTypes[change.action], item: { path: `/${change.path}` } };
  if (change.action === 'delete') return place;
  return { ...place, newContent: { content: base64Of(change.content), contentType: 'base64encoded' } };
}
