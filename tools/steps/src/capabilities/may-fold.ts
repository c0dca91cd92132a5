import { InputError, messageOf, type StepContext } from '@luban-ci/core';
import type { ForgeRepositoryHandle } from './forge.ts';
import { type GivenForge, openForge } from './open-forge.ts';

/**
 * Whether whoever may leave an edit at this server may push to the branch as well: not where the forge protects the
 * branch. A server that is no forge we know of protects nothing we could ask about; whoever knows better says
 * `git-folding: never`, or gives a key.
 */
export async function isOpenBranch(
  { url, branch }: { url: string; branch: string },
  given: GivenForge,
  ctx: StepContext,
): Promise<boolean> {
  const handle = await knownForge(url, given, ctx);
  if (handle === undefined) return true;
  try {
    return (await handle.forge.getBranch(handle.name, branch))?.protected === false;
  } catch (error) {
    ctx.signal.throwIfAborted();
    ctx.log.info(`whether ${branch} is protected is not known, so edits are landed one by one: ${messageOf(error)}`);
    return false;
  }
}

async function knownForge(
  url: string,
  given: GivenForge,
  ctx: StepContext,
): Promise<ForgeRepositoryHandle | undefined> {
  try {
    return await openForge(url, given, ctx);
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}
