import type { Capability } from '@luban-ci/core';
import type { Kube } from '@luban-ci/kube';
import { z } from 'zod';

/** Made when a step asks for it: building schemas is most of a step's start. */
const inputs = () =>
  z.object({
    kubeconfig: z.string().optional().describe('Path of a kubeconfig; without it, the cluster that this runs in.'),
  });

/** The cluster's client is large, so it is loaded when it is first used, and only then. */
export interface Cluster {
  client(): Promise<Kube>;
}

export const kubernetesCapability: Capability<ReturnType<typeof inputs>['shape'], Cluster> = {
  id: 'kubernetes',
  summary: 'Reads and writes objects of a Kubernetes cluster.',
  get inputs() {
    return inputs();
  },
  create: async ({ kubeconfig }) => ({
    client: async () => (await import('./open-cluster.ts')).openCluster(kubeconfig),
  }),
};
