import { z } from 'zod';

/** The fields of Azure DevOps' REST API (7.1; those of 6.0 are the same) that are used here. */
export const AzureProject = z.object({ id: z.string(), name: z.string(), description: z.string().nullish() });

export const AzureRepository = z.object({
  id: z.string(),
  name: z.string(),
  project: z.object({ id: z.string(), visibility: z.string().nullish() }),
  /** `refs/heads/main`; absent for a repository without commits. */
  defaultBranch: z.string().nullish(),
  remoteUrl: z.string(),
  webUrl: z.string(),
});
export type AzureRepository = z.output<typeof AzureRepository>;

export const AzureRef = z.object({ name: z.string(), objectId: z.string() });

export const AzureRefUpdates = z.object({
  value: z.array(z.object({ success: z.boolean(), updateStatus: z.string().nullish() })),
});

const PolicyScope = z.object({
  refName: z.string().nullish(),
  matchKind: z.string().nullish(),
  repositoryId: z.string().nullish(),
});

export const AzurePolicy = z.object({
  id: z.int(),
  type: z.object({ id: z.string() }),
  isEnabled: z.boolean(),
  isBlocking: z.boolean(),
  isDeleted: z.boolean().nullish(),
  settings: z.looseObject({ scope: z.array(PolicyScope).nullish() }),
});
export type AzurePolicy = z.output<typeof AzurePolicy>;

const CommitRef = z.object({ commitId: z.string() });

export const AzurePullRequest = z.object({
  pullRequestId: z.int(),
  title: z.string(),
  /** Lists cut it at 400 characters. */
  description: z.string().nullish(),
  status: z.enum(['active', 'abandoned', 'completed', 'notSet']),
  sourceRefName: z.string(),
  targetRefName: z.string(),
  lastMergeSourceCommit: CommitRef.nullish(),
  lastMergeCommit: CommitRef.nullish(),
  mergeStatus: z.string().nullish(),
  mergeFailureMessage: z.string().nullish(),
  autoCompleteSetBy: z.object({ id: z.string() }).nullish(),
  /** Only where the source is in another repository. */
  forkSource: z.object({}).nullish(),
  repository: z.object({ id: z.string() }),
});
export type AzurePullRequest = z.output<typeof AzurePullRequest>;

export const AzureStatus = z.object({
  id: z.int(),
  state: z.string(),
  description: z.string().nullish(),
  targetUrl: z.string().nullish(),
  context: z.object({ name: z.string(), genre: z.string().nullish() }),
});

export const AzureLabel = z.object({ name: z.string() });

export const AzureThread = z.object({
  id: z.int(),
  isDeleted: z.boolean().nullish(),
  comments: z.array(z.object({ id: z.int(), content: z.string().nullish(), isDeleted: z.boolean().nullish() })),
});

export const AzureSubscription = z.object({
  id: z.string(),
  eventType: z.string(),
  status: z.string().nullish(),
  publisherInputs: z.record(z.string(), z.string().nullish()).nullish(),
  consumerInputs: z.record(z.string(), z.string().nullish()).nullish(),
});

export const AzurePush = z.object({ commits: z.array(z.object({ commitId: z.string() })) });

export const AzureConnection = z.object({ authenticatedUser: z.object({ id: z.string() }) });

export const AzureProcess = z.object({ id: z.string(), isDefault: z.boolean().nullish() });

export const AzureOperation = z.object({ id: z.string(), status: z.string() });

export const AzureErrorType = z.object({ typeKey: z.string().nullish() });
