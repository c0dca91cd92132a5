import { plainEnvironment, runProgram } from '@luban-ci/process';
import { clusterCache } from '../cache-folder.ts';
import { programFiles } from '../cluster/everything.ts';
import { kubeconfigFile } from '../cluster/node/running-node.ts';
import { runningCluster } from '../cluster/running-cluster.ts';
import { fewCollections } from '../few-collections.ts';

/** How a program ended. */
export interface Ended {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/** The cluster of this repository, as `make cluster-up` leaves it. */
export interface ClusterAtHand {
  argo(args: readonly string[]): Promise<Ended>;
  /** `argo submit --wait` of a workflow as text. */
  argoSubmit(namespace: string, manifest: string): Promise<Ended>;
  /** `input` is its standard input. */
  kubectl(args: readonly string[], input?: string): Promise<Ended>;
}

/** What a suite says of itself where there is no cluster. */
export const withoutCluster = 'skipped, because no cluster runs here: "make cluster-up" starts one';

/** Longer than any workflow of these suites; `argo submit --wait` has no limit of its own. */
const patienceSeconds = 400;

/** Only the cluster that this repository starts is ever used, never the one that a person's kubectl talks to. */
export async function clusterAtHand(): Promise<ClusterAtHand | undefined> {
  const environment = plainEnvironment();
  const workshop = { cache: clusterCache(process.env), environment };
  if ((await runningCluster(workshop)) === undefined) return undefined;
  const { argo = '', kubectl = '' } = await programFiles(workshop);
  const run = (program: string, args: readonly string[], input = ''): Promise<Ended> =>
    runProgram(program, args, {
      cwd: '/',
      env: { ...environment, ...fewCollections, KUBECONFIG: kubeconfigFile(workshop) },
      timeoutSeconds: patienceSeconds,
      input,
    });
  return {
    argo: (args) => run(argo, args),
    argoSubmit: (namespace, manifest) => run(argo, ['submit', '-n', namespace, '--wait', '-'], manifest),
    kubectl: (args, input) => run(kubectl, args, input),
  };
}
