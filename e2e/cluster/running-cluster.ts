import { rm } from 'node:fs/promises';
import { kindNode } from './kind/kind-node.ts';
import { bareNode } from './node/bare-node.ts';
import { stateFolder } from './node/running-node.ts';
import type { NodeKind } from './node-kind.ts';
import type { Workshop } from './programs/build-program.ts';

const kinds: readonly NodeKind[] = [bareNode, kindNode];

/** What holds the cluster that runs here, in words; `undefined` when none does. */
export async function runningCluster(workshop: Workshop): Promise<string | undefined> {
  for (const kind of kinds) {
    const holder = await kind.holder(workshop);
    if (holder !== undefined) return holder;
  }
  return undefined;
}

/**
 * Ends whatever runs, or clears away what a crash left of it.
 *
 * @returns whether there was one
 */
export async function stopCluster(workshop: Workshop): Promise<boolean> {
  const stopped: boolean[] = [];
  for (const kind of kinds) stopped.push(await kind.stop(workshop));
  await rm(stateFolder(workshop), { recursive: true, force: true });
  return stopped.includes(true);
}
