import type { Step } from '@luban-ci/core';
import { stepTable } from './step-table.generated.ts';

export type StepId = keyof typeof stepTable;

/** All steps, in the order of their names. */
export const stepIds = Object.keys(stepTable) as StepId[];

export function isStepId(text: string): text is StepId {
  return Object.hasOwn(stepTable, text);
}

/** Loads one step, contract and story, and nothing of the others. */
export async function loadStep(id: StepId): Promise<Step> {
  const [contract, run] = await Promise.all([stepTable[id].contract(), stepTable[id].run()]);
  return { contract, run };
}
