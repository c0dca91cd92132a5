import type { Branch, FilesCommit, FilesCommitResult } from './forge.ts';

/** What the forge says to a commit: its id, or why not. */
export type CommitAttempt = { commit: string } | { refused: Error };

/**
 * Commits where the branch is where it was expected. A refusal is classified by state, not by wording: the branch is read
 * again, and only a branch that has not moved makes the refusal an error.
 */
export async function commitAtHead(
  { expectedHead }: FilesCommit,
  readBranch: () => Promise<Pick<Branch, 'commit'> | undefined>,
  attempt: () => Promise<CommitAttempt>,
): Promise<FilesCommitResult> {
  const before = await readBranch();
  if (before?.commit !== expectedHead) return { outcome: 'moved', head: before?.commit };
  const outcome = await attempt();
  if ('commit' in outcome) return { outcome: 'committed', commit: outcome.commit };
  const after = await readBranch();
  if (after?.commit === expectedHead) throw outcome.refused;
  return { outcome: 'moved', head: after?.commit };
}

export function base64Of(content: Uint8Array): string {
  return Buffer.from(content).toString('base64');
}
