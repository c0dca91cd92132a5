import { type Conventions, clusterOf, inThisCluster } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';

/**
 * Objects of an environment that runs in another cluster are made there, so somebody has to say how to reach it.
 *
 * @throws InputError when cluster_map names another cluster and no kubeconfig was given
 */
export function requireCluster(env: string, { config }: Conventions, kubeconfig: string | undefined): void {
  const server = clusterOf(env, config);
  if (server === inThisCluster || kubeconfig !== undefined) return;
  throw new InputError(`${env} runs in the cluster ${server}, which is not this one`, [
    { field: 'kubeconfig', expected: `required: a kubeconfig of ${server}, as cluster_map of luban-config names it` },
  ]);
}
