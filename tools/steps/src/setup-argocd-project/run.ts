import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { ensureObject, type ObjectName, removeObject, type WritableKube } from '@luban-ci/kube';
import { z } from 'zod';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { argocdApi } from '../set-up/argocd-api.ts';
import { setUpResult } from '../set-up/outcome.ts';
import { appProject } from './app-project.ts';
import { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { conventions, dryRun } = ctx;
  const argocdProject = conventions.argocdProjectOf(inputs.deployEnv, inputs.projectName);
  const namespace = conventions.config.argocd_namespace;
  const name: ObjectName = { apiVersion: argocdApi, kind: 'AppProject', name: argocdProject, namespace };
  const options = { mark: { step: step.id, owner: inputs.projectName }, dryRun };
  const kube = await ctx.kubernetes.client();
  if (inputs.remove) {
    await refuseWhileUsed(kube, name);
    const removed = await removeObject(kube, name, options);
    return setUpResult(`The Argo CD project ${argocdProject}`, [removed], dryRun, { argocdProject });
  }
  const wanted = appProject(inputs, conventions, await kube.read(name));
  const ensured = await ensureObject(kube, wanted, options);
  return setUpResult(`The Argo CD project ${argocdProject}`, [ensured], dryRun, { argocdProject });
}

const Application = z.object({ metadata: z.object({ name: z.string() }), spec: z.object({ project: z.string() }) });

/** Argo CD can neither sync nor remove an application whose project is gone. */
async function refuseWhileUsed(kube: WritableKube, { name, namespace = '' }: ObjectName): Promise<void> {
  const applications = await kube.list({ apiVersion: argocdApi, kind: 'Application', namespace });
  const using = applications.map((each) => Application.parse(each)).filter(({ spec }) => spec.project === name);
  if (using.length === 0) return;
  const names = using.map(({ metadata }) => metadata.name).join(', ');
  throw new StepError(`The Argo CD project ${name} still has applications: ${names}`, {
    hint: 'Remove them first: setup-argocd-application with remove, for each.',
  });
}
