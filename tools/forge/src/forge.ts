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
  /** What it was created with, or people wrote since; empty where the forge keeps none (`features.repositoryDescription`). */
  description: string;
}

/** What repositories belong to, where that is a thing of its own. */
export interface ForgeProject {
  url: string;
  description: string;
  /** Names of its repositories that hold commits. */
  repositories: readonly string[];
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

/** What a webhook tells of: pushes of branches and tags, changes of change requests, comments on them. */
export const webhookEvents = ['push', 'change-request', 'comment'] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

export interface Webhook {
  /** Azure DevOps takes https only, as it sends the secret along. */
  url: string;
  /** Proves every delivery (`features.webhookSecret`). Forges never show it again, so it is always sent. */
  secret: string;
  events: readonly WebhookEvent[];
}

/** What can be read of a webhook. Its secret cannot. */
export interface FoundWebhook {
  url: string;
  events: readonly WebhookEvent[];
  /** Whether it delivers. */
  active: boolean;
}

/** A comment that is written once: found again by its marker, and brought up to date. */
export interface MarkedComment {
  /** Unique among the comments of a change request: `luban/plan`. It is kept in the text, invisible. */
  marker: string;
  body: string;
}

/** One file of a commit that is made through the API; paths are those of the repository, with `/`. */
export type FileChange =
  | { action: 'create' | 'update'; path: string; content: Uint8Array }
  | { action: 'delete'; path: string };

export interface FilesCommit {
  branch: string;
  /** The tip that the changes were made for; nothing is committed when the branch has moved on. */
  expectedHead: string;
  message: string;
  changes: readonly FileChange[];
  /** Default, and where `features.commitAuthor` is false always: whose token it is. */
  author?: { name: string; email: string };
}

export type FilesCommitResult =
  | { outcome: 'committed'; commit: string }
  /** The branch is no longer where it was expected; `head` is where it was seen, `undefined` when it is gone. */
  | { outcome: 'moved'; head: string | undefined };

/** What a forge cannot do, so that steps can say so instead of failing half-way. */
export interface ForgeFeatures {
  autoMerge: boolean;
  protectedBranches: boolean;
  /** Whether `requiredStatusChecks` are demanded by name; where not, every status that a commit has must succeed. */
  namedStatusChecks: boolean;
  /** Longest description of a commit status, in characters. */
  statusDescriptionLimit: number;
  /** Longest body of a change request, in characters; what is longer is cut. */
  changeRequestBodyLimit: number;
  /** How a delivery proves where it comes from: an HMAC over it, or the secret itself in a header. */
  webhookSecret: 'signature' | 'token-header' | 'basic-password';
  /** Whether `ensureProject` can make what repositories belong to. */
  projectCreation: boolean;
  /** Whether a repository keeps the description that it was created with. */
  repositoryDescription: boolean;
  /**
   * Whether `commitFiles` holds the branch itself to the expected head. Where not, each changed file is: a commit beside
   * ours that touches other files is not noticed, and stays.
   */
  commitExpectingHead: boolean;
  /** Whether `commitFiles` can name another author than the token's own. */
  commitAuthor: boolean;
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
  /** With all that is in it; forges that have a bin keep it there. One that is gone already is `changed: false`. */
  deleteRepository(name: RepositoryName): Promise<{ changed: boolean }>;
  /** `undefined` where there is none of that name, and where the forge has no projects. */
  findProject(owner: string): Promise<ForgeProject | undefined>;
  /** With all that is in it. InputError where the forge has no projects. */
  deleteProject(owner: string): Promise<{ changed: boolean }>;
  /** What repositories of an owner belong to, where that is a thing of its own; InputError where it is not. */
  ensureProject(owner: string, options: { description: string }): Promise<Ensured<{ url: string }>>;
  setDefaultBranch(name: RepositoryName, branch: string): Promise<Ensured<ForgeRepository>>;
  protectBranch(name: RepositoryName, branch: string, rules: BranchRules): Promise<Ensured<BranchRules>>;
  /** What a branch demands that is closed for pushes; `pipeline` stands for all checks where they have no names. */
  getProtection(name: RepositoryName, branch: string): Promise<BranchRules | undefined>;
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
  /** Adds what is missing and keeps every other label. Answers all labels afterwards, in order. */
  ensureLabels(name: RepositoryName, number: number, labels: readonly string[]): Promise<Ensured<readonly string[]>>;
  ensureComment(name: RepositoryName, number: number, comment: MarkedComment): Promise<Ensured<{ id: string }>>;
  /** One commit without git, for identities that only the API knows. @throws StepError when a rule protects the branch */
  commitFiles(name: RepositoryName, commit: FilesCommit): Promise<FilesCommitResult>;
  setCommitStatus(name: RepositoryName, commit: string, status: CommitStatus): Promise<Ensured<CommitStatus>>;
  /** One hook per URL; its secret and events are brought up to date. */
  ensureWebhook(name: RepositoryName, hook: Webhook): Promise<Ensured<{ url: string }>>;
  findWebhook(name: RepositoryName, url: string): Promise<FoundWebhook | undefined>;
  deleteWebhook(name: RepositoryName, url: string): Promise<{ changed: boolean }>;
}
