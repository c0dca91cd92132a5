import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workshop } from '../programs/build-program.ts';

/** The folder of the one node there is at a time; it goes with the node. */
export function stateFolder({ cache }: Workshop): string {
  return join(cache, 'node');
}

/** A kubeconfig that works on this machine. */
export function kubeconfigFile(workshop: Workshop): string {
  return join(stateFolder(workshop), 'kubeconfig');
}

/** @returns the process that the node hangs on, when it runs */
export async function keeperOf(workshop: Workshop): Promise<number | undefined> {
  const state = stateFolder(workshop);
  const pid = Number(await readFile(join(state, 'pid'), 'utf8').catch(() => ''));
  if (pid === 0) return undefined;
  // A number is given again to others: it has to be the program, with this very folder.
  const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return line.includes('keeper.ts') && line.includes(state) ? pid : undefined;
}
