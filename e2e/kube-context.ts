import { StepError } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram } from '@luban-ci/testing';
import { useCluster } from './suites/cluster-in-use.ts';

/** A cluster that somebody meant: the environment of programs that talk to it. */
export interface KubeContext extends AsyncDisposable {
  environment: Record<string, string>;
  /** Whether it is the one of `make cluster-up`. */
  isLocal: boolean;
}

/**
 * The cluster of the current kube context, else the local one.
 *
 * @throws StepError when there is neither
 */
export async function openKubeContext(machine: NodeJS.ProcessEnv): Promise<KubeContext> {
  const environment = kubeEnvironment(machine);
  if (await hasContext(machine, environment)) {
    return { environment, isLocal: false, [Symbol.asyncDispose]: async () => {} };
  }
  const cluster = await useCluster(machine);
  if (cluster === undefined) {
    throw new StepError('There is no cluster: no kube context is set, and none runs here', { hint: 'make cluster-up' });
  }
  return {
    environment: cluster.environment,
    isLocal: true,
    [Symbol.asyncDispose]: async () => cluster[Symbol.asyncDispose](),
  };
}

async function hasContext(machine: NodeJS.ProcessEnv, env: Record<string, string>): Promise<boolean> {
  if (!hasProgram('kubectl', machine['PATH'] ?? '')) return false;
  return (await runProgram('kubectl', ['config', 'current-context'], { cwd: '/', env })).exitCode === 0;
}

/** For programs that talk to the cluster of the current kube context. */
export function kubeEnvironment(machine: NodeJS.ProcessEnv): Record<string, string> {
  const { KUBECONFIG: file } = machine;
  return { ...plainEnvironment(machine), ...(file ? { KUBECONFIG: file } : {}) };
}
