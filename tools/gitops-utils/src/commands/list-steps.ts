import { type ExitCode, exitCodes } from '@luban-ci/core';
import { painted, type Surroundings } from '@luban-ci/hosts';
import { loadStep, stepIds } from '@luban-ci/steps';

/** `luban steps`: every step with its sentence. */
export async function listSteps(around: Surroundings): Promise<ExitCode> {
  const contracts = await Promise.all(stepIds.map(async (id) => (await loadStep(id)).contract));
  const width = Math.max(...stepIds.map((id) => id.length));
  for (const { id, summary } of contracts) {
    around.writeOut(`${painted('bold', id.padEnd(width), around.isTerminal)}  ${summary}\n`);
  }
  return exitCodes.done;
}
