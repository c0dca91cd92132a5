import { z } from 'zod';

/** The fields of Gitea's API v1 that are used here (`swagger.v1.json` of any instance describes them). */
export const GiteaBranch = z.object({
  name: z.string(),
  commit: z.object({ id: z.string() }),
  protected: z.boolean(),
});

export const GiteaProtection = z.object({
  enable_push: z.boolean(),
  required_approvals: z.number(),
  enable_status_check: z.boolean(),
  status_check_contexts: z.array(z.string()).nullish(),
});

/** `label` is the branch; `ref` is that only once Gitea has worked through the push of the branch, and `refs/pull/…` until then. */
const PullBranch = z.object({ label: z.string(), ref: z.string(), sha: z.string(), repo_id: z.number() });

export const GiteaPullRequest = z.object({
  number: z.int(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  merged: z.boolean(),
  merge_commit_sha: z.string().nullish(),
  head: PullBranch,
  base: PullBranch,
});
export type GiteaPullRequest = z.output<typeof GiteaPullRequest>;

export const GiteaStatus = z.object({
  context: z.string(),
  status: z.string(),
  description: z.string(),
  target_url: z.string().nullish(),
});

export const GiteaLabel = z.object({ id: z.int(), name: z.string() });

export const GiteaContents = z.object({ sha: z.string() });

export const GiteaFilesCommit = z.object({ commit: z.object({ sha: z.string() }) });

export const GiteaCommit = z.object({ commit: z.object({ message: z.string() }) });
