import type { PullModel } from '../../testing/repository-model.ts';
import { type AzureRepositoryModel, type AzureWorld, ownUser, repositoryGuid } from './model.ts';

/** JSON as Azure DevOps' REST API 7.1 describes it, the fields that clients may rely on. */
export function repositoryJson(base: string, world: AzureWorld, repository: AzureRepositoryModel) {
  const { owner: project, name } = repository;
  const address = `${base}/${world.collection}/${project}/_git/${name}`;
  return {
    id: repositoryGuid(repository),
    name,
    url: address,
    project: { id: world.projects.get(project), name: project, state: 'wellFormed', visibility: 'private' },
    ...(repository.branches.size === 0 ? {} : { defaultBranch: `refs/heads/${repository.defaultBranch}` }),
    size: 0,
    remoteUrl: address.replace('://', '://metasync@'),
    webUrl: address,
    isDisabled: false,
  };
}

export function pullJson(base: string, world: AzureWorld, repository: AzureRepositoryModel, pull: PullModel) {
  const status = pull.mergedAt !== null ? 'completed' : 'active';
  return {
    repository: repositoryJson(base, world, repository),
    pullRequestId: pull.number,
    codeReviewId: pull.number,
    status,
    createdBy: { id: ownUser, displayName: 'bot' },
    title: pull.title,
    description: pull.body,
    sourceRefName: `refs/heads/${pull.source}`,
    targetRefName: `refs/heads/${pull.target}`,
    mergeStatus: repository.completing.has(pull.number) ? 'queued' : 'succeeded',
    isDraft: false,
    lastMergeSourceCommit: { commitId: pull.head },
    lastMergeCommit: { commitId: pull.mergeCommit ?? '1'.repeat(40) },
    ...(pull.autoMerge ? { autoCompleteSetBy: { id: ownUser, displayName: 'bot' } } : {}),
  };
}

export function threadJson(comment: { id: number; body: string }) {
  const first = { id: 1, parentCommentId: 0, content: comment.body, commentType: 'text', isDeleted: false };
  return { id: comment.id, comments: [first], status: 'closed', isDeleted: false };
}

/** The password of a subscription is never shown again. */
export function subscriptionJson({ id, body }: AzureWorld['subscriptions'][number]) {
  return { ...body, id, consumerInputs: { ...Object(body['consumerInputs']), httpHeaders: '********' } };
}
