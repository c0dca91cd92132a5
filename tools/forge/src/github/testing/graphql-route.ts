import { commitOn, type TreeChange } from '../../testing/repository-model.ts';
import { type Answer, type Call, list, type Routes, text } from '../../testing/stand-in-server.ts';
import type { GitHubWorld } from './model.ts';

/** The two mutations that only GraphQL has. It answers 200 whatever happened. */
export const graphQlRoutes: Routes<GitHubWorld> = {
  'POST /api/graphql': (call, world) =>
    text(call.body['query']).includes('createCommitOnBranch') ? createCommit(call, world) : autoMerge(call, world),
};

function autoMerge(call: Call, world: GitHubWorld): Answer {
  const { id, head } = Object(call.body['variables']);
  const pulls = [...world.repositories.values()].flatMap((repository) => repository.pulls);
  const pull = pulls.find((each) => `PR_${each.number}` === id && each.head === head);
  if (pull === undefined) return refused('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'`);
  pull.autoMerge = true;
  return { status: 200, body: { data: { enablePullRequestAutoMerge: { clientMutationId: null } } } };
}

function createCommit(call: Call, world: GitHubWorld): Answer {
  const { branch, expectedHeadOid, fileChanges } = Object(Object(call.body['variables']).input);
  const repository = world.repositories.get(text(branch.repositoryNameWithOwner));
  const name = text(branch.branchName);
  const head = repository?.branches.get(name);
  if (repository === undefined || head === undefined) return refused('NOT_FOUND', 'No such branch');
  if (head !== expectedHeadOid) {
    return refused(
      'STALE_DATA',
      `Expected branch to point to "${expectedHeadOid}" but it did not. Pull and try again.`,
    );
  }
  if (repository.protections.has(name)) return refused('FORBIDDEN', 'Changes must be made through a pull request.');
  const changes: TreeChange[] = [
    ...list(fileChanges.additions).map((each) => ({ path: Object(each).path, content: Object(each).contents })),
    ...list(fileChanges.deletions).map((each) => ({ path: Object(each).path, content: undefined })),
  ];
  const oid = commitOn(repository, name, changes);
  return { status: 200, body: { data: { createCommitOnBranch: { commit: { oid } } } } };
}

function refused(type: string, message: string): Answer {
  return { status: 200, body: { data: null, errors: [{ type, message, path: [] }] } };
}
