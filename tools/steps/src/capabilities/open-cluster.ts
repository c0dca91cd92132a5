import { createKube, type Kube } from '@luban-ci/kube';

/** A module of its own, so that the cluster's client, megabytes of it, is loaded only for who talks to a cluster. */
export async function openCluster(kubeconfig: string | undefined): Promise<Kube> {
  return createKube(kubeconfig === undefined ? { inCluster: true } : { kubeconfig });
}
