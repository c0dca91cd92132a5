import type { Capability } from '@luban-ci/core';
import type { Kube } from '@luban-ci/kube';
import { z } from 'zod';

const inputs = z.object({
  kubeconfig: z.string().optional().describe('Path of a kubeconfig; without it, the cluster that this runs in.'),
});

/** The cluster's client is large, so it is loaded when it is first used, and only then. */
export interface Cluster {
  client(): Promise<Kube>;
}

export const kubernetesCapability: Capability<typeof inputs.shape, Cluster> = {
  id: 'kubernetes',
  summary: 'Reads and writes objects of a Kubernetes cluster.',
  inputs,
  create: async ({ kubeconfig }) => ({
    client: async () => {
      const { createKube } = await import('@luban-ci/kube');
      return createKube(kubeconfig === undefined ? { inCluster: true } : { kubeconfig });
    },
  }),
};
