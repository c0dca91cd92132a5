import { z } from 'zod';

/**
 * The two mutations of GitHub's GraphQL API that are used, written by hand after its reference ("Mutations", "Input
 * objects"): its schema is published in another form than the REST API's.
 */
const AutoMerge = z.strictObject({
  query: z.string().includes('enablePullRequestAutoMerge'),
  variables: z.strictObject({
    id: z.string(),
    method: z.enum(['MERGE', 'REBASE', 'SQUASH']),
    head: z.hex().length(40),
    title: z.string().nullable(),
  }),
});

const CreateCommit = z.strictObject({
  query: z.string().includes('createCommitOnBranch'),
  variables: z.strictObject({
    input: z.strictObject({
      branch: z.union([
        z.strictObject({ repositoryNameWithOwner: z.string(), branchName: z.string() }),
        z.strictObject({ id: z.string() }),
      ]),
      expectedHeadOid: z.hex().length(40),
      message: z.strictObject({ headline: z.string(), body: z.string().optional() }),
      fileChanges: z
        .strictObject({
          additions: z.array(z.strictObject({ path: z.string(), contents: z.base64() })).optional(),
          deletions: z.array(z.strictObject({ path: z.string() })).optional(),
        })
        .optional(),
      clientMutationId: z.string().optional(),
    }),
  }),
});

const Problems = z
  .array(z.strictObject({ message: z.string(), type: z.string().optional(), path: z.array(z.unknown()).optional() }))
  .optional();

const Answer = z.strictObject({
  data: z
    .union([
      z.strictObject({ enablePullRequestAutoMerge: z.strictObject({ clientMutationId: z.string().nullable() }) }),
      z.strictObject({ createCommitOnBranch: z.strictObject({ commit: z.strictObject({ oid: z.string() }) }) }),
    ])
    .nullish(),
  errors: Problems,
});

export function graphQlProblems(sent: unknown, got: unknown): string[] {
  const request = z.union([AutoMerge, CreateCommit]).safeParse(sent);
  const answer = Answer.safeParse(got);
  return [request, answer].flatMap(({ error }) => (error === undefined ? [] : [`GraphQL: ${z.prettifyError(error)}`]));
}
