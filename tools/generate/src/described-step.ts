import { type Field, fieldsOf, inputShapeOf, type StepContract } from '@luban-ci/core';
import { capabilities } from '@luban-ci/steps/capabilities';

/** A contract as plain data: what every generated file is printed from. */
export interface DescribedStep {
  contract: StepContract;
  /** The step's own inputs, then those of what it needs. */
  inputs: readonly Field[];
  outputs: readonly Field[];
  /** What it may do to the world, a sentence for each need. */
  powers: readonly string[];
}

export function describeStep(contract: StepContract): DescribedStep {
  const known: Record<string, { summary: string }> = capabilities;
  return {
    contract,
    inputs: fieldsOf(inputShapeOf(contract, capabilities)),
    outputs: fieldsOf(contract.outputs.shape),
    powers: contract.needs.map((need) => known[need]?.summary ?? need),
  };
}
