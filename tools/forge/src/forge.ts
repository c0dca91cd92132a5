/** The forges there are, by the names that parameters use. `azure` is Azure DevOps Services, `ado` is its Server. */
export const forgeProviders = ['github', 'gitlab', 'azure', 'ado', 'gitea'] as const;
export type ForgeProvider = (typeof forgeProviders)[number];

/** One repository on a forge. */
export interface RepositoryName {
  /** User, organisation or group; a group's path may have several segments. */
  owner: string;
  repository: string;
}

export interface ForgeRepository extends RepositoryName {
  private: boolean;
  /** The branch that clones start with; a repository without commits has one by name only. */
  defaultBranch: string;
  /** For git over HTTP, without credentials. */
  cloneUrl: string;
  webUrl: string;
}

export interface Branch {
  name: string;
  /** Full commit id of its tip. */
  commit: string;
  protected: boolean;
}

/** What a protected branch demands; direct pushes it refuses in any case. */
export interface BranchRules {
  /** Approvals that a change request needs before it is merged. */
  requiredApprovals: number;
  /** Contexts of commit statuses that must be `success`. */
  requiredStatusChecks: readonly string[];
}

export type ChangeRequestState = 'open' | 'merged' | 'closed';

/** A pull request, or what the forge calls it. */
export interface ChangeRequest {
  /** Number within its repository. */
  number: number;
  url: string;
  title: string;
  body: string;
  state: ChangeRequestState;
  source: string;
  target: string;
  /** Commit at the head of the source branch. */
  head: string;
  /** Commit the merge made on the target branch. */
  mergeCommit?: string;
}

export interface NewChangeRequest {
  source: string;
  target: string;
  title: string;
  body: string;
}

export interface MergeOptions {
  /** The merge is refused when the source branch has moved on since this commit. */
  expectedHead: string;
  method: 'merge' | 'squash';
  /** Lets the forge merge later, when its conditions are met, where it can (`features.autoMerge`). */
  auto?: boolean;
  /** First line of the merge commit. Default: the forge's own. */
  title?: string;
}

export type MergeResult =
  | { outcome: 'merged'; commit: string; changed: boolean }
  /** The forge merges by itself when checks and approvals are there. */
  | { outcome: 'scheduled'; changed: boolean };

export interface CommitStatus {
  /** What it is about, unique on a commit: `luban/build`. */
  context: string;
  state: 'pending' | 'success' | 'failure' | 'error';
  /** One sentence; cut where the forge takes less. */
  description: string;
  url?: string;
}

export interface Webhook {
  url: string;
  /** Signs every delivery. Forges never show it again, so it is always sent. */
  secret: string;
  /** As the forge names them: `push`. */
  events: readonly string[];
}

/** What a forge cannot do, so that steps can say so instead of failing half-way. */
export interface ForgeFeatures {
  autoMerge: boolean;
  protectedBranches: boolean;
  /** Longest description of a commit status, in characters. */
  statusDescriptionLimit: number;
}

export interface Ensured<T> {
  /** False when everything was as wanted already. */
  changed: boolean;
  value: T;
}

/**
 * One host of repositories. What does not exist is `undefined`; every other refusal is an error: InputError for what the
 * forge finds invalid (400, 422), StepError for 401, 403, 404 of a parent and 409, RetryableError for 429, 5xx and broken
 * connections. Calls that may be repeated are repeated within a budget.
 */
export interface Forge {
  readonly provider: ForgeProvider;
  readonly features: ForgeFeatures;
  getRepository(name: RepositoryName): Promise<ForgeRepository | undefined>;
  /** Private, without a first commit. One that is there already is answered as it is. */
  createRepository(name: RepositoryName, options: { description: string }): Promise<Ensured<ForgeRepository>>;
  setDefaultBranch(name: RepositoryName, branch: string): Promise<Ensured<ForgeRepository>>;
  protectBranch(name: RepositoryName, branch: string, rules: BranchRules): Promise<Ensured<BranchRules>>;
  getBranch(name: RepositoryName, branch: string): Promise<Branch | undefined>;
  listBranches(name: RepositoryName): Promise<Branch[]>;
  /** A branch that is gone already is `changed: false`. */
  deleteBranch(name: RepositoryName, branch: string): Promise<{ changed: boolean }>;
  /** The open change request from source to target within the repository. */
  findChangeRequest(
    name: RepositoryName,
    branches: { source: string; target: string },
  ): Promise<ChangeRequest | undefined>;
  /** One that is open from source to target already is answered as it is. */
  openChangeRequest(name: RepositoryName, request: NewChangeRequest): Promise<Ensured<ChangeRequest>>;
  updateChangeRequest(
    name: RepositoryName,
    number: number,
    text: { title: string; body: string },
  ): Promise<Ensured<ChangeRequest>>;
  getChangeRequest(name: RepositoryName, number: number): Promise<ChangeRequest | undefined>;
  /** @throws StepError when the head has moved, there is a conflict, or a rule of the branch is not met */
  mergeChangeRequest(name: RepositoryName, number: number, options: MergeOptions): Promise<MergeResult>;
  setCommitStatus(name: RepositoryName, commit: string, status: CommitStatus): Promise<Ensured<CommitStatus>>;
  /** One hook per URL; its secret and events are brought up to date. */
  ensureWebhook(name: RepositoryName, hook: Webhook): Promise<Ensured<{ url: string }>>;
}
