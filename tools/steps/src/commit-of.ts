import type { Git } from '@luban-ci/git';

/** A full commit id as it is; of a branch, a tag or `HEAD`, the commit behind it. */
export async function commitOf(git: Git, repoUrl: string, revision: string): Promise<string> {
  if (isCommitId(revision)) return revision;
  return (await git.resolveRef(repoUrl, revision)).commit;
}

export function isCommitId(text: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?$/.test(text);
}
