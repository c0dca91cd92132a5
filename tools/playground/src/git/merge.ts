import { git, mergeBase, runGit } from './git-repository.ts';

export interface MergeRequest {
  base: { branch: string; commit: string };
  head: string;
  style: 'merge' | 'squash' | 'fast-forward-only';
  message: string;
  author: { name: string; email: string; date: string };
}

/** `moved` when the base branch got another commit meanwhile. */
export type MergeOutcome = { merged: string } | 'conflict' | 'moved' | 'not-fast-forward';

/** Whether two commits merge without conflict. */
export async function isMergeable(folder: string, base: string, head: string): Promise<boolean> {
  return (await mergedTree(folder, base, head)) !== undefined;
}

/** A real merge inside the bare repository: a tree by `merge-tree`, a commit, and a compare-and-set of the branch. */
export async function mergeCommits(folder: string, request: MergeRequest): Promise<MergeOutcome> {
  const { base, head, style } = request;
  if (style === 'fast-forward-only') {
    if ((await mergeBase(folder, base.commit, head)) !== base.commit) return 'not-fast-forward';
    return moveBranch(folder, base, head);
  }
  const tree = await mergedTree(folder, base.commit, head);
  if (tree === undefined) return 'conflict';
  const parents = style === 'squash' ? [base.commit] : [base.commit, head];
  const { name, email, date } = request.author;
  const commit = await git(folder, ['commit-tree', tree, ...parents.flatMap((each) => ['-p', each])], {
    input: request.message,
    env: {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: date,
    },
  });
  return moveBranch(folder, base, commit.trim());
}

async function mergedTree(folder: string, base: string, head: string): Promise<string | undefined> {
  const { exitCode, stdout, stderr } = await runGit(folder, [
    'merge-tree',
    '--write-tree',
    '--no-messages',
    base,
    head,
  ]);
  if (exitCode === 0) return stdout.trim();
  if (exitCode === 1 || /unrelated histories/.test(stderr)) return undefined;
  throw new Error(`git merge-tree ended with ${exitCode}: ${stderr.trim()}`);
}

async function moveBranch(folder: string, base: MergeRequest['base'], commit: string): Promise<MergeOutcome> {
  const { exitCode } = await runGit(folder, ['update-ref', `refs/heads/${base.branch}`, commit, base.commit]);
  return exitCode === 0 ? { merged: commit } : 'moved';
}
