import { type Conventions, clusterOf } from '@luban-ci/conventions';
import type { InputsOf } from '@luban-ci/core';
import type { WantedObject } from '@luban-ci/kube';
import { argocdApi } from '../set-up/argocd-api.ts';
import type { step } from './step.ts';

/** The Application of one environment. */
export function applicationObject(
  { projectName: project, appName: app, deployEnv }: InputsOf<typeof step>,
  repoURL: string,
  conventions: Conventions,
): WantedObject {
  const { config } = conventions;
  const name = { project, app };
  return {
    apiVersion: argocdApi,
    kind: 'Application',
    metadata: {
      name: conventions.argocdApplicationOf(deployEnv, name),
      namespace: config.argocd_namespace,
      labels: { 'app.kubernetes.io/part-of': 'luban-ci' },
    },
    spec: {
      project: conventions.argocdProjectOf(deployEnv, project),
      source: {
        repoURL,
        targetRevision: conventions.branchOf(deployEnv),
        path: conventions.overlayOf(deployEnv, name),
      },
      destination: { server: clusterOf(deployEnv, config), namespace: conventions.namespaceOf(deployEnv, project) },
      ignoreDifferences: [{ kind: 'Secret', name: `${app}-secret`, jsonPointers: ['/data', '/stringData'] }],
      syncPolicy: {
        ...(syncsByItself(deployEnv, conventions) ? { automated: { prune: true, selfHeal: true } } : {}),
        syncOptions: ['RespectIgnoreDifferences=true'],
        // Without refresh a bad revision is tried again for minutes, and the one that mends it waits (v3.2.6).
        retry: { limit: 5, refresh: true, backoff: { duration: '2s', factor: 2, maxDuration: '20s' } },
      },
    },
  };
}

/** Production is the last of several environments. */
function syncsByItself(env: string, { config }: Conventions): boolean {
  const isProduction = config.environments.length > 1 && env === config.environments.at(-1);
  return !isProduction || config.production_auto_sync;
}
