import { z } from 'zod';

/** The fields of GitLab's REST API v4 that are used here. */
export const GitLabProject = z.object({
  path: z.string(),
  namespace: z.object({ full_path: z.string() }),
  visibility: z.enum(['private', 'internal', 'public']),
  /** Absent for who may not see code, null for a repository without commits. */
  default_branch: z.string().nullish(),
  http_url_to_repo: z.string(),
  web_url: z.string(),
  description: z.string().nullish(),
});

export const GitLabNamespace = z.object({ id: z.int() });

export const GitLabBranch = z.object({
  name: z.string(),
  commit: z.object({ id: z.string() }),
  protected: z.boolean(),
});

export const GitLabProtection = z.object({
  push_access_levels: z.array(z.object({ access_level: z.int().nullish() })),
  allow_force_push: z.boolean().nullish(),
});

export const GitLabMergeGate = z.object({ only_allow_merge_if_pipeline_succeeds: z.boolean() });

export const GitLabApprovalRule = z.object({
  id: z.int(),
  name: z.string(),
  approvals_required: z.int(),
});

export const GitLabProtectedBranchId = z.object({ id: z.int() });

export const GitLabMergeRequest = z.object({
  iid: z.int(),
  web_url: z.string(),
  title: z.string(),
  description: z.string().nullish(),
  state: z.enum(['opened', 'closed', 'locked', 'merged']),
  source_branch: z.string(),
  target_branch: z.string(),
  source_project_id: z.int().nullish(),
  target_project_id: z.int(),
  /** Null when the source branch is gone. */
  sha: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
  merge_when_pipeline_succeeds: z.boolean().nullish(),
  labels: z.array(z.string()),
});
export type GitLabMergeRequest = z.output<typeof GitLabMergeRequest>;

export const GitLabNote = z.object({ id: z.int(), body: z.string() });

export const GitLabStatus = z.object({
  name: z.string(),
  status: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
});

export const GitLabHook = z.object({
  id: z.int(),
  url: z.string(),
  push_events: z.boolean(),
  tag_push_events: z.boolean(),
  merge_requests_events: z.boolean(),
  note_events: z.boolean(),
});

export const GitLabFile = z.object({ last_commit_id: z.string() });

export const GitLabCommit = z.object({ id: z.string() });
