import type { LubanConfig } from './luban-config.ts';

/** How Argo CD names the cluster that it runs in. */
export const inThisCluster = 'https://kubernetes.default.svc';

/** API server of an environment, as `cluster_map` has it: the address by which Argo CD deploys. */
export function clusterOf(env: string, { cluster_map: map }: Pick<LubanConfig, 'cluster_map'>): string {
  return map[env] ?? inThisCluster;
}
