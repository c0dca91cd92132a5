import { StepError } from '@luban-ci/core';
import type { Git } from '@luban-ci/git';
import type { ForgeRepositoryHandle } from './capabilities/forge.ts';

/** A branch that a change is proposed from, and where it is to go. */
export interface ProposalBranch {
  url: string;
  source: string;
  target: string;
  /** Whether the message of a commit is that of such a change. */
  isOurs: (message: string) => boolean;
  /** What makes such commits: `promotion`. */
  maker: string;
}

/**
 * Takes away the branch that an earlier proposal left over, because its base is old. One with an open pull request is in
 * use; one that was cut from the target as it is now may belong to a run beside us, and serves as well.
 *
 * @throws StepError when somebody has put a commit of their own on it, which would be lost
 */
export async function removeLeftOverBranch(
  { url, source, target, isOurs, maker }: ProposalBranch,
  git: Git,
  { forge, name }: ForgeRepositoryHandle,
): Promise<void> {
  const [sourceRef, targetRef] = [`refs/heads/${source}`, `refs/heads/${target}`];
  const tips = await git.listRefs(url, [sourceRef, targetRef]);
  const tipOf = (wanted: string): string | undefined => tips.find(({ ref }) => ref === wanted)?.commit;
  const tip = tipOf(sourceRef);
  if (tip === undefined || tip === tipOf(targetRef)) return;
  if ((await forge.findChangeRequest(name, { source, target })) !== undefined) return;
  const { parents, message } = await git.readCommit(url, tip);
  if (!isOurs(message)) {
    throw new StepError(`${source} of ${url} has a commit that no ${maker} made: ${tip}`, {
      hint: `Open a pull request for it, or delete the branch; then run the ${maker} again.`,
    });
  }
  if (parents[0] !== tipOf(targetRef)) await forge.deleteBranch(name, source);
}
