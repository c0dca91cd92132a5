import { RetryableError, StepError } from '@luban-ci/core';
import type { Git, LandResult, LandTarget } from '@luban-ci/git';
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
 * Lands a change on the branch that it is proposed from. Where an earlier proposal has left that over, it is cut anew in
 * the push of the change. It is not deleted before: Gitea works through deletions later, and closes what has been opened
 * from a branch of that name since (`AdjustPullsCausedByBranchDeleted` in its services/pull/pull.go).
 *
 * @throws StepError when somebody has put a commit of their own on it, which would be lost
 * @throws RetryableError when the target has got the change meanwhile
 */
export async function landProposal(
  proposal: ProposalBranch,
  git: Git,
  handle: ForgeRepositoryHandle,
  land: (at: Pick<LandTarget, 'branch' | 'createFrom' | 'leftOver'>) => Promise<LandResult>,
): Promise<LandResult> {
  const { url, source: branch, target: createFrom, maker } = proposal;
  const leftOver = await findLeftOver(proposal, git, handle);
  if (leftOver === undefined) return land({ branch, createFrom });
  const landed = await land({ branch, createFrom, leftOver });
  if (landed.outcome !== 'already there') return landed;
  throw new RetryableError(`${createFrom} of ${url} has changed while a ${maker} was made for it`);
}

/**
 * The tip that an earlier proposal has left its branch at, whose base is old. One with an open pull request is in use; one
 * that was cut from the target as it is now may belong to a run beside us, and serves as well.
 */
async function findLeftOver(
  { url, source, target, isOurs, maker }: ProposalBranch,
  git: Git,
  { forge, name }: ForgeRepositoryHandle,
): Promise<string | undefined> {
  const [sourceRef, targetRef] = [`refs/heads/${source}`, `refs/heads/${target}`];
  const tips = await git.listRefs(url, [sourceRef, targetRef]);
  const tipOf = (wanted: string): string | undefined => tips.find(({ ref }) => ref === wanted)?.commit;
  const tip = tipOf(sourceRef);
  if (tip === undefined || tip === tipOf(targetRef)) return undefined;
  if ((await forge.findChangeRequest(name, { source, target })) !== undefined) return undefined;
  const { parents, message } = await git.readCommit(url, tip);
  if (!isOurs(message)) {
    throw new StepError(`${source} of ${url} has a commit that no ${maker} made: ${tip}`, {
      hint: `Open a pull request for it, or delete the branch; then run the ${maker} again.`,
    });
  }
  return parents[0] === tipOf(targetRef) ? undefined : tip;
}
