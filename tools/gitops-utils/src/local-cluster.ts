import { mkdir } from 'node:fs/promises';
import { type LocalApi, type OtherApi, serveApi } from '@luban-ci/argo-local';
import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { createLocalMachine, kubeconfigIn, type MachineOptions } from './local-machine.ts';

export interface ClusterOptions extends MachineOptions {
  /** That exist, apart from the machine's own. */
  namespaces: readonly string[];
  /** Has the rest of the cluster: the playground's objects. */
  other?: OtherApi;
}

/** A machine that runs workflows, with the API that `submit-workflow` uses. */
export interface LocalCluster extends AsyncDisposable {
  /** @throws InputError when it cannot run here */
  submit(workflow: Workflow): Workflow;
  /** Waits until everything that runs has ended. */
  settled(): Promise<void>;
  /** Workflows of a namespace, oldest first. */
  workflows(namespace: string): Workflow[];
  api: LocalApi;
}

export async function openLocalCluster(options: ClusterOptions): Promise<LocalCluster> {
  await mkdir(options.folder, { recursive: true });
  const { namespaces, other } = options;
  const api = await serveApi(createLocalMachine(options), { namespaces, other, concurrency: 4 });
  await api.writeKubeconfig(kubeconfigIn(options.folder));
  return {
    api,
    submit: (workflow) => api.store.submit(workflow),
    settled: () => api.store.settled(),
    workflows: (namespace) => api.store.list(namespace),
    [Symbol.asyncDispose]: () => api[Symbol.asyncDispose](),
  };
}

/** A Workflow that runs a WorkflowTemplate. */
export function workflowOf(template: string, namespace: string, parameters: Record<string, string>): Workflow {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { generateName: `${template}-`, namespace },
    spec: {
      workflowTemplateRef: { name: template },
      arguments: { parameters: Object.entries(parameters).map(([name, value]) => ({ name, value })) },
    },
  };
}
