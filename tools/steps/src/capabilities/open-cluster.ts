import type { WritableKube } from '@luban-ci/kube';
import { createKube } from '@luban-ci/kube/client';

/** A module of its own, so that the cluster's client, megabytes of it, is loaded only for who talks to a cluster. */
export async function openCluster(kubeconfig: string | undefined): Promise<WritableKube> {
  return createKube(kubeconfig === undefined ? { inCluster: true } : { kubeconfig });
}
