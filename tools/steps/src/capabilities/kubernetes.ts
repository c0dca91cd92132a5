import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
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
      kubeconfig: z
        .string()
        .optional()
        .describe(
          'Path of a kubeconfig, or of a folder with a file kubeconfig; without it, the cluster that this runs in.',
        ),
    }),
  create: async (inputs): Promise<Cluster> => {
    const kubeconfig = inputs.kubeconfig === undefined ? undefined : await kubeconfigAt(inputs.kubeconfig);
    return { client: async () => (await import('./open-cluster.ts')).openCluster(kubeconfig), kubeconfig };
  },
});

/** A mounted Secret is a folder with one file of that name, or, where there is no such Secret, with none. */
async function kubeconfigAt(path: string): Promise<string | undefined> {
  const entries = await readdir(path).catch(() => undefined);
  if (entries === undefined) return path;
  return entries.includes('kubeconfig') ? join(path, 'kubeconfig') : undefined;
}
