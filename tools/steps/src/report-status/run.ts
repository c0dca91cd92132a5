import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { step } from './step.ts';

type State = OutputsOf<typeof step>['state'];

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const state = stateOf(inputs.state);
  const url = inputs.targetUrl ?? ctx.run.url;
  const what = `${inputs.context} is ${state} on ${inputs.revision}`;
  if (ctx.dryRun) return { changed: false, outputs: { state }, summary: `would report that ${what}` };
  const { forge, name } = await ctx.forge.of(inputs.repoUrl);
  const { changed } = await forge.setCommitStatus(name, inputs.revision, {
    context: inputs.context,
    state,
    description: inputs.description,
    ...(url === undefined ? {} : { url }),
  });
  return { changed, outputs: { state }, summary: what };
}

/** The phases of a workflow (`{{workflow.status}}`) in the words of forges. */
function stateOf(given: InputsOf<typeof step>['state']): State {
  if (given === 'Succeeded') return 'success';
  if (given === 'Failed') return 'failure';
  if (given === 'Error') return 'error';
  if (given === 'Running' || given === 'Pending') return 'pending';
  return given;
}
