import { StepError } from '@luban-ci/core';
import type { ApiClient } from '../api-client.ts';
import { base64Of, type CommitAttempt, commitAtHead } from '../expected-head.ts';
import type { FilesCommit, FilesCommitResult, RepositoryName } from '../forge.ts';
import { parsed } from '../parsed.ts';
import { getBranch } from './repository.ts';
import { GraphQlCommit } from './schema.ts';

const mutation = `mutation($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid } }
}`;

/** GitHub signs such a commit and shows it as verified; its author is whose token it is, and cannot be another. */
export function commitFiles(
  { api, graphQl }: { api: ApiClient; graphQl: ApiClient },
  name: RepositoryName,
  commit: FilesCommit,
): Promise<FilesCommitResult> {
  return commitAtHead(
    commit,
    () => getBranch(api, name, commit.branch),
    () => createCommit(graphQl, name, commit),
  );
}

async function createCommit(graphQl: ApiClient, name: RepositoryName, commit: FilesCommit): Promise<CommitAttempt> {
  const action = `Committing to ${commit.branch} of ${name.owner}/${name.repository}`;
  const answer = await graphQl.send({
    action,
    method: 'POST',
    path: ['graphql'],
    body: { query: mutation, variables: { input: inputOf(name, commit) } },
    expected: [200],
  });
  const { data, errors } = parsed(GraphQlCommit, answer, action);
  const made = data?.createCommitOnBranch?.commit?.oid;
  if (made !== undefined) return { commit: made };
  const why = (errors ?? []).map(({ message }) => message).join('; ');
  return {
    refused: new StepError(`${action} failed: GitHub refuses it (${why})`, {
      hint: 'See whether a rule protects the branch; then open a pull request instead.',
    }),
  };
}

function inputOf(name: RepositoryName, commit: FilesCommit): Record<string, unknown> {
  const [headline = '', ...rest] = commit.message.split('\n');
  const body = rest.join('\n').trim();
  const additions = commit.changes.flatMap((each) =>
    each.action === 'delete' ? [] : [{ path: each.path, contents: base64Of(each.content) }],
  );
  const deletions = commit.changes.flatMap((each) => (each.action === 'delete' ? [{ path: each.path }] : []));
  return {
    branch: { repositoryNameWithOwner: `${name.owner}/${name.repository}`, branchName: commit.branch },
    expectedHeadOid: commit.expectedHead,
    message: body === '' ? { headline } : { headline, body },
    fileChanges: { additions, deletions },
  };
}
