import { join } from 'node:path';
import { plainEnvironment } from '@luban-ci/process';
import { clusterCache } from '../cache-folder.ts';
import { authorityFile } from '../cluster/authority.ts';
import { programFiles } from '../cluster/everything.ts';
import { kubeconfigFile } from '../cluster/node/running-node.ts';
import { runningCluster } from '../cluster/running-cluster.ts';
import { fewCollections } from '../few-collections.ts';
import { heldPort } from '../given/held-port.ts';

/** A cluster that suites use: variables for their programs, and the forge's port as long as it is held. */
export interface ClusterInUse extends AsyncDisposable {
  environment: Record<string, string>;
}

const suites = new URL('.', import.meta.url).pathname.replace(/\/$/, '');

/** @returns `undefined` when no cluster runs */
export async function useCluster(machine: NodeJS.ProcessEnv): Promise<ClusterInUse | undefined> {
  const workshop = { cache: clusterCache(machine), environment: {} };
  if ((await runningCluster(workshop)) === undefined) return undefined;
  const programs = await programFiles(workshop);
  const kubeconfig = kubeconfigFile(workshop);
  const forward = ['--kubeconfig', kubeconfig, '-n', 'luban-test', 'port-forward', 'service/gitea', ':443'];
  const forge = await heldPort('The forge of the cluster', programs['kubectl'] ?? '', forward, plainEnvironment());
  const folders = ['kubectl', 'argo', 'chainsaw'].map((name) => join(programs[name] ?? '', '..'));
  const certificate = authorityFile(workshop, 'ca.crt');
  return {
    environment: {
      ...plainEnvironment(machine),
      ...fewCollections,
      NODE_COMPILE_CACHE: join(workshop.cache, 'compiled-programs'), // `given` starts in a third of the time
      PATH: [...folders, join(process.execPath, '..'), machine['PATH'] ?? ''].join(':'),
      SUITES: suites,
      KUBECONFIG: kubeconfig,
      LUBAN_E2E_KUBECTL: programs['kubectl'] ?? '',
      LUBAN_E2E_FORGE: `https://localhost:${forge.port}`,
      NODE_EXTRA_CA_CERTS: certificate,
      GIT_SSL_CAINFO: certificate,
    },
    [Symbol.asyncDispose]: async () => forge.end(),
  };
}
