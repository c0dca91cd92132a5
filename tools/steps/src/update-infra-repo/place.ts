import { clusterOf, inThisCluster } from '@luban-ci/conventions';
import { InputError, type InputsOf } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { type InfraSetUp, infraSetUp } from '../infra/infra-place.ts';
import { step } from './step.ts';

/** An infra repository, with the namespace that is meant. */
export interface OverlaySetUp extends InfraSetUp {
  project: string;
  env: string;
  namespace: string;
  /** API server of the cluster that it is in. */
  server: string;
  /** Folder of the overlay. */
  folder: string;
  /** Whether builds run in it, so that another repository than `cd` has it. */
  isBuild: boolean;
}

/** @throws InputError for an environment that there is not, and for `cd` without one */
export async function overlaySetUp(inputs: InputsOf<typeof step>, ctx: ContextOf<typeof step>): Promise<OverlaySetUp> {
  const { infraType, projectName: project } = inputs;
  const env = environmentOf(inputs, ctx);
  const builds = ctx.conventions.buildNamespaceOf(project);
  const own = ctx.conventions.namespaceOf(env, project);
  const namespace = infraType === 'ci' ? builds : own;
  const setUp = await infraSetUp(inputs, step.id, namespace, ctx);
  // Builds run beside the pipeline, as in the original; an environment is where cluster_map says, and builds that share its
  // namespace are there with it.
  const server = infraType === 'ci' && builds !== own ? inThisCluster : clusterOf(env, ctx.conventions.config);
  return { ...setUp, project, env, namespace, server, folder: `overlays/${namespace}`, isBuild: namespace === builds };
}

function environmentOf(
  { infraType, deployEnv }: InputsOf<typeof step>,
  { conventions }: ContextOf<typeof step>,
): string {
  if (infraType === 'ci') return conventions.firstEnvironment();
  if (deployEnv !== undefined) return deployEnv;
  throw new InputError('An overlay of an environment needs to know which', [
    { field: 'deployEnv', expected: `expected one of ${conventions.config.environments.join(', ')}` },
  ]);
}
