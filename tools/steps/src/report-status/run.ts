import { type InputsOf, messageOf, type OutputsOf, type StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { commitOf } from '../commit-of.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;
type State = OutputsOf<typeof step>['state'];

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const state = stateOf(inputs.state);
  const what = `${inputs.context} is ${state} on ${inputs.revision}`;
  if (ctx.dryRun) return { changed: false, outputs: { state }, summary: `would report that ${what}` };
  try {
    return { changed: await report(state, inputs, ctx), outputs: { state }, summary: what };
  } catch (error) {
    if (inputs.isStrict || ctx.signal.aborted) throw error;
    ctx.log.warn(`the forge was not told that ${what}: ${messageOf(error)}`);
    return { changed: false, outputs: { state }, summary: `the forge was not told that ${what}` };
  }
}

async function report(state: State, inputs: Inputs, ctx: Context): Promise<boolean> {
  const { repoUrl, context, description } = inputs;
  const commit = await commitOf(ctx.git.of(repoUrl), repoUrl, inputs.revision);
  const { forge, name } = await ctx.forge.of(repoUrl);
  const url = inputs.targetUrl ?? ctx.run.url;
  const status = { context, state, description, ...(url === undefined ? {} : { url }) };
  return (await forge.setCommitStatus(name, commit, status)).changed;
}

/** The phases of a workflow (`{{workflow.status}}`) in the words of forges. */
function stateOf(given: Inputs['state']): State {
  if (given === 'Succeeded') return 'success';
  if (given === 'Failed') return 'failure';
  if (given === 'Error') return 'error';
  if (given === 'Running' || given === 'Pending') return 'pending';
  return given;
}
