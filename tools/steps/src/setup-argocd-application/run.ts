import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { ensureObject, isMarked, type Mark, type ObjectName, removeObject, type WritableKube } from '@luban-ci/kube';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { gitopsPlace, withProvider } from '../gitops-place.ts';
import { argocdApi } from '../set-up/argocd-api.ts';
import { setUpResult } from '../set-up/outcome.ts';
import { applicationObject } from './application.ts';
import { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<StepResult<OutputsOf<typeof step>>> {
  const { conventions, dryRun } = ctx;
  const { projectName: project, appName: app, deployEnv } = inputs;
  const argocdApplication = conventions.argocdApplicationOf(deployEnv, { project, app });
  const gitopsRepoUrl = repositoryOf(inputs, ctx);
  const mark: Mark = { step: step.id, owner: `${project}/${app}` };
  const subject = `The Argo CD application ${argocdApplication}`;
  const kube = await ctx.kubernetes.client();
  if (inputs.remove) {
    const namespace = conventions.config.argocd_namespace;
    const name: ObjectName = { apiVersion: argocdApi, kind: 'Application', name: argocdApplication, namespace };
    if (inputs.cascade && !dryRun) await askForCascade(kube, name, mark);
    const removed = await removeObject(kube, name, { mark, dryRun });
    return setUpResult(subject, [removed], dryRun, { argocdApplication, gitopsRepoUrl });
  }
  const wanted = applicationObject(inputs, gitopsRepoUrl, conventions);
  const ensured = await ensureObject(kube, wanted, { mark, dryRun });
  return setUpResult(subject, [ensured], dryRun, { argocdApplication, gitopsRepoUrl });
}

function repositoryOf(inputs: Inputs, { conventions }: ContextOf<typeof step>): string {
  const { projectName: project, appName: app, gitProvider, ...given } = inputs;
  return gitopsPlace({ project, app }, given, withProvider(gitProvider, conventions));
}

/** Argo CD takes what an application deployed with it where this finalizer is set; `argocd app delete` does the same. */
const cascading = 'resources-finalizer.argocd.argoproj.io';

async function askForCascade(kube: WritableKube, name: ObjectName, mark: Mark): Promise<void> {
  const live = await kube.read(name);
  if (live === undefined || !isMarked(live, mark) || live.metadata.deletionTimestamp !== undefined) return;
  const finalizers = live.metadata.finalizers ?? [];
  if (finalizers.includes(cascading)) return;
  const asked = { ...live, metadata: { ...live.metadata, finalizers: [...finalizers, cascading] } };
  if ((await kube.replace(asked)) === undefined) await askForCascade(kube, name, mark);
}
