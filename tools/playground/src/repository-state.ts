import { z } from 'zod';

export const Protection = z.object({
  branch: z.string(),
  requiredApprovals: z.int(),
  statusChecks: z.array(z.string()),
  enableStatusCheck: z.boolean(),
  /** Users who may push all the same. */
  pushers: z.array(z.string()),
  enablePush: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Protection = z.output<typeof Protection>;

export const Comment = z.object({
  id: z.int(),
  body: z.string(),
  author: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Comment = z.output<typeof Comment>;

export const Label = z.object({ id: z.int(), name: z.string(), color: z.string() });
export type Label = z.output<typeof Label>;

export const Pull = z.object({
  number: z.int(),
  title: z.string(),
  body: z.string(),
  author: z.string(),
  head: z.string(),
  base: z.string(),
  state: z.enum(['open', 'merged', 'closed']),
  createdAt: z.string(),
  updatedAt: z.string(),
  /** Once merged or closed: where the branches stood. */
  headCommit: z.string().optional(),
  baseCommit: z.string().optional(),
  mergeCommit: z.string().optional(),
  mergedAt: z.string().optional(),
  mergedBy: z.string().optional(),
  /** Ids of labels of the repository. */
  labels: z.array(z.int()).default([]),
  comments: z.array(Comment).default([]),
  approvals: z.array(z.object({ user: z.string(), commit: z.string() })),
  /** Merge when checks succeed; given up when the head moves. */
  scheduled: z
    .object({ style: z.enum(['merge', 'squash']), title: z.string(), head: z.string(), by: z.string() })
    .optional(),
});
export type Pull = z.output<typeof Pull>;

export const Status = z.object({
  id: z.int(),
  commit: z.string(),
  context: z.string(),
  state: z.enum(['pending', 'success', 'error', 'failure', 'warning']),
  description: z.string(),
  targetUrl: z.string(),
  creator: z.string(),
  createdAt: z.string(),
});
export type Status = z.output<typeof Status>;

export const Hook = z.object({
  id: z.int(),
  url: z.string(),
  secret: z.string(),
  events: z.array(z.string()),
  active: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Hook = z.output<typeof Hook>;

/** Everything about a repository that git does not keep. */
export const RepositoryState = z.object({
  id: z.int(),
  owner: z.string(),
  name: z.string(),
  description: z.string(),
  private: z.boolean(),
  defaultBranch: z.string(),
  createdAt: z.string(),
  nextId: z.int(),
  protections: z.array(Protection),
  pulls: z.array(Pull),
  statuses: z.array(Status),
  hooks: z.array(Hook),
  labels: z.array(Label).default([]),
});
export type RepositoryState = z.output<typeof RepositoryState>;
