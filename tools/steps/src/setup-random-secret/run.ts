import { randomBytes } from 'node:crypto';
import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { ensureObject, type Mark, removeObject, type WantedObject } from '@luban-ci/kube';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { requireCluster } from '../set-up/cluster-of-environment.ts';
import { setUpResult } from '../set-up/outcome.ts';
import { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { projectName: project, appName: app, deployEnv: env, secretName: name, secretKeys } = inputs;
  requireCluster(env, ctx.conventions, ctx.kubernetes.kubeconfig);
  const kube = await ctx.kubernetes.client();
  const mark: Mark = { step: step.id, owner: `${project}/${app}` };
  const namespace = ctx.conventions.namespaceOf(env, project);
  const { dryRun } = ctx;
  const object = { apiVersion: 'v1', kind: 'Secret', name, namespace };
  const outcome = inputs.remove
    ? await removeObject(kube, object, { mark, dryRun })
    : // A value that is there is in use, so it stays.
      await ensureObject(kube, wantedSecret(object, secretKeys, ctx), { mark, dryRun, initial: ['data'] });
  const secretName = `${namespace}/${name}`;
  return setUpResult(`The Secret ${secretName}`, [outcome], dryRun, { secretName });
}

function wantedSecret(
  { name, namespace }: { name: string; namespace: string },
  keys: readonly string[],
  { hide }: Pick<ContextOf<typeof step>, 'hide'>,
): WantedObject {
  const values = keys.map((key) => {
    const value = randomBytes(24).toString('hex');
    hide?.(value);
    return [key, Buffer.from(value).toString('base64')];
  });
  return {
    ...{ apiVersion: 'v1', kind: 'Secret', type: 'Opaque' },
    metadata: { name, namespace },
    data: Object.fromEntries(values),
  };
}
