import { z } from 'zod';

/** The fields of GitHub's REST API (version 2022-11-28) that are used here. */
export const GitHubBranch = z.object({
  name: z.string(),
  commit: z.object({ sha: z.string() }),
  protected: z.boolean(),
});

const Enabled = z.object({ enabled: z.boolean() }).nullish();

export const GitHubProtection = z.object({
  required_pull_request_reviews: z
    .object({
      required_approving_review_count: z.int().nullish(),
      dismiss_stale_reviews: z.boolean().nullish(),
    })
    .nullish(),
  required_status_checks: z.object({ contexts: z.array(z.string()).nullish() }).nullish(),
  enforce_admins: Enabled,
});

const PullBranch = z.object({ ref: z.string(), sha: z.string() });

export const GitHubPullRequest = z.object({
  number: z.int(),
  node_id: z.string(),
  html_url: z.string(),
  title: z.string(),
  body: z.string().nullish(),
  state: z.enum(['open', 'closed']),
  merged_at: z.string().nullish(),
  merge_commit_sha: z.string().nullish(),
  auto_merge: z.object({ merge_method: z.string() }).nullish(),
  head: PullBranch,
  base: PullBranch,
});
export type GitHubPullRequest = z.output<typeof GitHubPullRequest>;

export const GitHubMerge = z.object({ sha: z.string(), merged: z.boolean() });

export const GitHubStatus = z.object({
  context: z.string(),
  state: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
});

export const GraphQlAnswer = z.object({
  errors: z.array(z.object({ message: z.string(), type: z.string().nullish() })).nullish(),
});

export const GitHubLabel = z.object({ name: z.string() });

export const GraphQlCommit = GraphQlAnswer.extend({
  data: z
    .object({ createCommitOnBranch: z.object({ commit: z.object({ oid: z.string() }).nullish() }).nullish() })
    .nullish(),
});
