import { StepError } from '@luban-ci/core';
import type { ApiClient } from '../api-client.ts';
import type { MergeOptions } from '../forge.ts';
import { parsed } from '../parsed.ts';
import { GraphQlAnswer } from './schema.ts';

const mutation = `mutation($id: ID!, $method: PullRequestMergeMethod!, $head: GitObjectID!, $title: String) {
  enablePullRequestAutoMerge(
    input: { pullRequestId: $id, mergeMethod: $method, expectedHeadOid: $head, commitHeadline: $title }
  ) { clientMutationId }
}`;

/** Only GraphQL can switch auto-merge on; it answers 200 whatever happened, with `errors` in the body. */
export async function enableAutoMerge(
  graphQl: ApiClient,
  action: string,
  pullRequestId: string,
  options: MergeOptions,
): Promise<void> {
  const variables = {
    id: pullRequestId,
    method: options.method.toUpperCase(),
    head: options.expectedHead,
    title: options.title ?? null,
  };
  const answer = await graphQl.send({
    action,
    method: 'POST',
    path: ['graphql'],
    body: { query: mutation, variables },
    expected: [200],
    repeatable: true,
  });
  const { errors } = parsed(GraphQlAnswer, answer, action);
  if (errors == null || errors.length === 0) return;
  throw new StepError(
    `${action} failed: GitHub would not merge it later (${errors.map((each) => each.message).join('; ')})`,
    {
      hint: 'Allow auto-merge in the settings of the repository, and see that it has no conflict.',
    },
  );
}
