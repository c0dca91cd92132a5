import { createHash } from 'node:crypto';

export interface PullModel {
  number: number;
  title: string;
  body: string | null;
  source: string;
  target: string;
  state: 'open' | 'closed';
  head: string;
  mergedAt: string | null;
  mergeCommit: string | null;
  autoMerge: boolean;
}

export interface ProtectionModel {
  approvals: number;
  contexts: string[];
}

/** What the stand-in remembers of a repository: tips instead of history, which is all that its API shows. */
export interface RepositoryModel {
  owner: string;
  name: string;
  private: boolean;
  defaultBranch: string;
  branches: Map<string, string>;
  commits: Set<string>;
  protections: Map<string, ProtectionModel>;
  pulls: PullModel[];
  statuses: { commit: string; context: string; state: string; description: string | null; target_url: string | null }[];
  hooks: { id: number; active: boolean; events: string[]; config: Record<string, string> }[];
}

export function newRepository(owner: string, name: string): RepositoryModel {
  return {
    owner,
    name,
    private: true,
    defaultBranch: 'main',
    branches: new Map(),
    commits: new Set(),
    protections: new Map(),
    pulls: [],
    statuses: [],
    hooks: [],
  };
}

/** A commit id that nobody has used yet. */
export function newCommit(repository: RepositoryModel, text: string): string {
  const id = createHash('sha1').update(`${text} ${repository.commits.size}`).digest('hex');
  repository.commits.add(id);
  return id;
}

/** Why a pull request cannot be merged now. */
export function unmetRule(repository: RepositoryModel, pull: PullModel): string | undefined {
  const rule = repository.protections.get(pull.target);
  const missing = (rule?.contexts ?? []).filter(
    (context) =>
      repository.statuses.findLast((each) => each.commit === pull.head && each.context === context)?.state !==
      'success',
  );
  if (missing.length > 0) return `Required status check "${missing[0]}" is expected.`;
  return (rule?.approvals ?? 0) > 0
    ? 'At least 1 approving review is required by reviewers with write access.'
    : undefined;
}

export function merge(repository: RepositoryModel, pull: PullModel): string {
  const commit = newCommit(repository, `merge ${pull.number}`);
  repository.branches.set(pull.target, commit);
  Object.assign(pull, { state: 'closed', mergedAt: '2026-01-02T03:04:05Z', mergeCommit: commit });
  return commit;
}
