import { type InputsOf, type OutputsOf, RetryableError, StepError, type StepResult } from '@luban-ci/core';
import type { Kube, KubeObject } from '@luban-ci/kube';
import { z } from 'zod';
import type { ContextOf } from '../capabilities/capabilities.ts';
import type { step } from './step.ts';
import { requestLabel, requestLabelValue, workflowObject } from './workflow-object.ts';

const apiVersion = 'argoproj.io/v1alpha1';
const Status = z.looseObject({
  status: z.looseObject({ phase: z.string().optional(), message: z.string().optional() }).optional(),
});

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { namespace, template } = inputs;
  const what = `${template} in ${namespace}`;
  if (ctx.dryRun) return { changed: false, outputs: { namespace }, summary: `would submit ${what}` };
  const kube = await ctx.kubernetes.client();
  await requireNamespace(kube, namespace);
  const earlier = inputs.requestId === undefined ? undefined : await findEarlier(kube, namespace, inputs.requestId);
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

async function requireNamespace(kube: Kube, namespace: string): Promise<void> {
  if ((await kube.read({ apiVersion: 'v1', kind: 'Namespace', name: namespace })) !== undefined) return;
  throw new StepError(`There is no namespace ${namespace}`, {
    hint: 'Set the project up first: it makes the namespace.',
  });
}

/** A workflow of the same request that has not failed: one that has, or is being deleted, may be asked for again. */
async function findEarlier(kube: Kube, namespace: string, requestId: string): Promise<KubeObject | undefined> {
  const labelSelector = `${requestLabel}=${requestLabelValue(requestId)}`;
  const found = await kube.list({ apiVersion, kind: 'Workflow', namespace, labelSelector });
  return found.find((workflow) => !hasFailed(workflow) && workflow.metadata['deletionTimestamp'] === undefined);
}

async function untilDone(
  kube: Kube,
  { namespace, name }: { namespace: string; name: string },
  { deadlineSeconds, requestId }: InputsOf<typeof step>,
  { clock, signal }: ContextOf<typeof step>,
): Promise<string> {
  const deadline = clock.now().getTime() + deadlineSeconds * 1000;
  while (clock.now().getTime() < deadline) {
    const workflow = await kube.read({ apiVersion, kind: 'Workflow', namespace, name });
    if (workflow === undefined) throw new StepError(`The workflow ${namespace}/${name} was deleted before it ended`);
    const phase = phaseOf(workflow);
    if (phase === 'Succeeded') return phase;
    if (hasFailed(workflow)) {
      throw new StepError(
        `The workflow ${namespace}/${name} has ${phase}: ${Status.parse(workflow).status?.message ?? 'no message'}`,
      );
    }
    await clock.sleep(2_000, signal);
  }
  const late = `The workflow ${namespace}/${name} did not end within ${deadlineSeconds} s`;
  if (requestId !== undefined) throw new RetryableError(late);
  throw new StepError(late, { hint: 'It goes on. Give a requestId, and another run waits for the same workflow.' });
}

function hasFailed(workflow: KubeObject): boolean {
  return ['Failed', 'Error'].includes(phaseOf(workflow) ?? '');
}

function phaseOf(workflow: KubeObject): string | undefined {
  return Status.parse(workflow).status?.phase;
}
