import { createHash } from 'node:crypto';

/** A file of a commit. */
export interface FileModel {
  /** Base64, as the APIs carry it. */
  content: string;
  /** Id of the last commit that changed it. */
  commit: string;
}

export interface PullModel {
  number: number;
  title: string;
  body: string;
  source: string;
  target: string;
  state: 'open' | 'closed';
  head: string;
  mergedAt: string | null;
  mergeCommit: string | null;
  autoMerge: boolean;
  labels: string[];
  comments: { id: number; body: string }[];
}

export interface StatusModel {
  commit: string;
  context: string;
  state: string;
  description: string | null;
  target_url: string | null;
}

/** What a stand-in remembers of a repository: the trees of its commits instead of objects. */
export interface RepositoryModel {
  id: number;
  owner: string;
  name: string;
  private: boolean;
  description: string;
  defaultBranch: string;
  branches: Map<string, string>;
  commits: Map<string, ReadonlyMap<string, FileModel>>;
  pulls: PullModel[];
  statuses: StatusModel[];
}

export function newRepository(owner: string, name: string, id: number): RepositoryModel {
  return {
    id,
    owner,
    name,
    private: true,
    description: '',
    defaultBranch: 'main',
    branches: new Map(),
    commits: new Map(),
    pulls: [],
    statuses: [],
  };
}

/** A file's new content in base64, or that it is gone. */
export type TreeChange = { path: string; content: string } | { path: string; content: undefined };

/** Puts a commit on a branch, and the open pull requests that come from it with it. */
export function commitOn(repository: RepositoryModel, branch: string, changes: readonly TreeChange[]): string {
  const tree = new Map(repository.commits.get(repository.branches.get(branch) ?? ''));
  const id = createHash('sha1').update(`${repository.name} ${repository.commits.size}`).digest('hex');
  for (const { path, content } of changes) {
    if (content === undefined) tree.delete(path);
    else tree.set(path, { content, commit: id });
  }
  repository.commits.set(id, tree);
  repository.branches.set(branch, id);
  for (const pull of repository.pulls) if (pull.source === branch && pull.state === 'open') pull.head = id;
  return id;
}

/** The two branches that the contract starts from. */
export function seedRepository(repository: RepositoryModel): { main: string; change: string } {
  const file = (text: string): string => Buffer.from(text).toString('base64');
  const main = commitOn(repository, 'main', [{ path: 'first.txt', content: file('first\n') }]);
  repository.branches.set('change/one', main);
  const change = commitOn(repository, 'change/one', [{ path: 'second.txt', content: file('second\n') }]);
  return { main, change };
}

export function mergePull(repository: RepositoryModel, pull: PullModel): string {
  const changed = repository.commits.get(pull.head) ?? new Map<string, FileModel>();
  const changes = [...changed].map(([path, { content }]) => ({ path, content }));
  const commit = commitOn(repository, pull.target, changes);
  Object.assign(pull, { state: 'closed', mergedAt: '2026-01-02T03:04:05Z', mergeCommit: commit, autoMerge: false });
  return commit;
}

export function newPull(
  repository: RepositoryModel,
  wanted: Pick<PullModel, 'title' | 'body' | 'source' | 'target' | 'head'>,
): PullModel {
  const pull: PullModel = {
    ...wanted,
    number: repository.pulls.length + 1,
    state: 'open',
    mergedAt: null,
    mergeCommit: null,
    autoMerge: false,
    labels: [],
    comments: [],
  };
  repository.pulls.push(pull);
  return pull;
}

export function openPull(repository: RepositoryModel, source: string, target: string): PullModel | undefined {
  return repository.pulls.find((each) => each.state === 'open' && each.source === source && each.target === target);
}

/** The newest state that a commit has for a context. */
export function newestState(repository: RepositoryModel, commit: string, context: string): string | undefined {
  return repository.statuses.findLast((each) => each.commit === commit && each.context === context)?.state;
}

/** Unique among all comments of a stand-in. */
export function addComment(repository: RepositoryModel, pull: PullModel, body: string): { id: number; body: string } {
  const count = repository.pulls.reduce((sum, each) => sum + each.comments.length, 0);
  const comment = { id: repository.id * 1000 + count + 1, body };
  pull.comments.push(comment);
  return comment;
}

export function allComments(repository: RepositoryModel): { id: number; body: string }[] {
  return repository.pulls.flatMap((pull) => pull.comments);
}

/** Git's own name of a file's content. */
export function blobId(content: string): string {
  const bytes = Buffer.from(content, 'base64');
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** The text of a file at a branch's tip. */
export function readFile(repository: RepositoryModel, branch: string, path: string): string | undefined {
  const file = repository.commits.get(repository.branches.get(branch) ?? '')?.get(path);
  return file && Buffer.from(file.content, 'base64').toString('utf8');
}
