import { StepError } from '@luban-ci/core';
import type { Workshop } from '../programs/build-program.ts';
import { until } from '../until.ts';
import { processesInGroup, removeProcessGroup } from './process-group.ts';
import { keeperOf } from './running-node.ts';

/**
 * Ends the node, or clears away what a crash left of one.
 *
 * @returns whether there was one
 */
export async function stopNode(workshop: Workshop): Promise<boolean> {
  const keeper = await keeperOf(workshop);
  if (keeper !== undefined) process.kill(keeper, 'SIGKILL');
  await until('The end of the node', 30, async () => {
    const count = processesInGroup();
    if (count > 0) throw new StepError(`${count} processes are left`);
    removeProcessGroup();
  });
  return keeper !== undefined;
}
