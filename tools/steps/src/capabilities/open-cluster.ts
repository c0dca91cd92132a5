import type { WritableKube } from '@luban-ci/kube';
import { createKube } from '@luban-ci/kube/client';

/**
 * A module of its own, so that the cluster's client, megabytes of it, is loaded only for who talks to a cluster.
 *
 * @param kubeconfig without it, the cluster that this runs in; where `luban run` plays it, `LUBAN_LOCAL_CLUSTER` is its kubeconfig
 */
export async function openCluster(kubeconfig: string | undefined): Promise<WritableKube> {
  const named = kubeconfig ?? process.env['LUBAN_LOCAL_CLUSTER'];
  return createKube(named === undefined ? { inCluster: true } : { kubeconfig: named });
}
