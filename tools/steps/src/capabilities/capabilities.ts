import type { CapabilityValue, StepContext, StepContract, StepExample } from '@luban-ci/core';
import type { z } from 'zod';
import { argocdCapability } from './argocd.ts';
import { conventionsCapability } from './conventions.ts';
import { dagsterCapability } from './dagster.ts';
import { forgeCapability } from './forge.ts';
import { gitCapability } from './git.ts';
import { harborCapability } from './harbor.ts';
import { kubernetesCapability } from './kubernetes.ts';
import { registryCapability } from './registry.ts';
import { templatesCapability } from './templates.ts';

/** Everything a step may ask for in `needs`. */
export const capabilities = {
  argocd: argocdCapability,
  conventions: conventionsCapability,
  dagster: dagsterCapability,
  forge: forgeCapability,
  git: gitCapability,
  harbor: harborCapability,
  kubernetes: kubernetesCapability,
  registry: registryCapability,
  templates: templatesCapability,
};

export type CapabilityName = keyof typeof capabilities;

/** What `run` gets: the plain context, and what the contract needs under its own name. */
export type ContextOf<Contract extends StepContract> = StepContext & {
  [Name in Contract['needs'][number] & CapabilityName]: CapabilityValue<(typeof capabilities)[Name]>;
};

/** Declares a step. Its story, `run.ts` beside it, exports a function `run` of the types that follow from this. */
export function defineStep<
  Inputs extends z.ZodObject,
  Outputs extends z.ZodObject,
  const Needs extends CapabilityName,
>(contract: {
  id: string;
  summary: string;
  inputs: Inputs;
  outputs: Outputs;
  needs: readonly Needs[];
  writes: boolean;
  examples: readonly StepExample[];
}): StepContract<Inputs, Outputs, Needs> {
  return contract;
}
