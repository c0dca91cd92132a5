import type { WritableKube } from '@luban-ci/kube';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

/** The cluster's client is large, so it is loaded when it is first used, and only then. */
export interface Cluster {
  client(): Promise<WritableKube>;
  /** The kubeconfig that was named; without it, the cluster that this runs in. */
  kubeconfig: string | undefined;
}

export const kubernetesCapability = defineCapability({
  id: 'kubernetes',
  summary: 'Reads and writes objects of a Kubernetes cluster.',
  inputs: () =>
    z.object({
      kubeconfig: z.string().optional().describe('Path of a kubeconfig; without it, the cluster that this runs in.'),
    }),
  create: async ({ kubeconfig }): Promise<Cluster> => ({
    client: async () => (await import('./open-cluster.ts')).openCluster(kubeconfig),
    kubeconfig,
  }),
});
