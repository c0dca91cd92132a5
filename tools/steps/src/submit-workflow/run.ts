import { type InputsOf, type OutputsOf, RetryableError, StepError, type StepResult } from '@luban-ci/core';
import type { Kube } from '@luban-ci/kube';
import type { ContextOf } from '../capabilities/capabilities.ts';
import {
  findMadeUp,
  findRequested,
  hasFailed,
  messageOfWorkflow,
  phaseOf,
  requireNamespace,
  workflowApi,
} from '../pushes/submitted-workflows.ts';
import { workflowObject } from '../pushes/workflow-object.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { namespace, template } = inputs;
  const what = `${template} in ${namespace}`;
  if (ctx.dryRun) return { changed: false, outputs: { namespace }, summary: `would submit ${what}` };
  const kube = await ctx.kubernetes.client();
  await requireNamespace(kube, namespace);
  const earlier =
    (await findRequested(kube, namespace, inputs.requestId)) ?? (await findMadeUp(kube, namespace, inputs));
  const submitted = earlier ?? (await kube.create(workflowObject(inputs)));
  if (submitted === undefined)
    throw new RetryableError(`A workflow of the name that ${namespace} gave it was there already`);
  const workflow = submitted.metadata.name ?? '';
  const how =
    earlier === undefined ? `submitted ${what} as ${workflow}` : `${workflow} was submitted for this request before`;
  if (!inputs.wait) {
    return {
      changed: earlier === undefined,
      outputs: { workflow, namespace, phase: phaseOf(submitted) },
      summary: how,
    };
  }
  ctx.log.info(how);
  const phase = await untilDone(kube, { namespace, name: workflow }, inputs, ctx);
  return {
    changed: earlier === undefined,
    outputs: { workflow, namespace, phase },
    summary: `${workflow} has ${phase}`,
  };
}

async function untilDone(
  kube: Kube,
  { namespace, name }: { namespace: string; name: string },
  { deadlineSeconds, requestId }: InputsOf<typeof step>,
  { clock, signal }: ContextOf<typeof step>,
): Promise<string> {
  const deadline = clock.now().getTime() + deadlineSeconds * 1000;
  while (clock.now().getTime() < deadline) {
    const workflow = await kube.read({ apiVersion: workflowApi, kind: 'Workflow', namespace, name });
    if (workflow === undefined) throw new StepError(`The workflow ${namespace}/${name} was deleted before it ended`);
    const phase = phaseOf(workflow);
    if (phase === 'Succeeded') return phase;
    if (hasFailed(workflow)) {
      throw new StepError(`The workflow ${namespace}/${name} has ${phase}: ${messageOfWorkflow(workflow)}`);
    }
    await clock.sleep(2_000, signal);
  }
  const late = `The workflow ${namespace}/${name} did not end within ${deadlineSeconds} s`;
  if (requestId !== undefined) throw new RetryableError(late);
  throw new StepError(late, { hint: 'It goes on. Give a requestId, and another run waits for the same workflow.' });
}
