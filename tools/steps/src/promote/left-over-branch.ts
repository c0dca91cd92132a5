import { StepError } from '@luban-ci/core';
import type { Git } from '@luban-ci/git';
import type { ForgeRepositoryHandle } from '../capabilities/forge.ts';
import type { Promotion } from './promotion.ts';

/**
 * Takes away the promotion branch that an earlier promotion left over, because its base is old. One with an open pull
 * request is in use; one that was cut from the target as it is now may belong to a run beside us, and serves as well.
 *
 * @throws StepError when somebody has put a commit of their own on it, which would be lost
 */
export async function removeLeftOverBranch(
  { gitopsRepoUrl: url, promotionBranch: source, targetBranch: target }: Promotion,
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
  if (!/^Luban-Promoted-From: /m.test(message)) {
    throw new StepError(`${source} of ${url} has a commit that no promotion made: ${tip}`, {
      hint: 'Open a pull request for it, or delete the branch; then promote again.',
    });
  }
  if (parents[0] !== tipOf(targetRef)) await forge.deleteBranch(name, source);
}
