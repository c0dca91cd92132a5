import { writeFile } from 'node:fs/promises';
import { inputShapeOf, type StepResult } from '@luban-ci/core';
import { createForge, type Forge } from '@luban-ci/forge';
import { createHarbor, type Harbor } from '@luban-ci/harbor';
import type { KubeObject, WritableKube } from '@luban-ci/kube';
import { createKube } from '@luban-ci/kube/client';
import { kubeconfigFor, type Playground, startPlayground } from '@luban-ci/playground';
import { fixedClock, temporaryFolder } from '@luban-ci/testing';
import { capabilities } from '../capabilities/capabilities.ts';
import { loadStep, type StepId } from '../load-step.ts';
import { plainGit } from './plain-git.fixture.ts';
import { type RunOptions, runStep } from './run-step.fixture.ts';

const token = 'a-token-nobody-may-see';

/** A playground with a cluster and a Harbor that nobody has set up yet. */
export interface SetUpWorld extends AsyncDisposable {
  playground: Playground;
  kube: WritableKube;
  harbor: Harbor;
  /** Runs a step with the world's addresses and credentials, as far as it takes them, and these keys of luban-config. */
  run(
    id: StepId,
    inputs: Record<string, unknown>,
    options?: RunOptions & { config?: Record<string, string> },
  ): Promise<StepResult<Record<string, unknown>>>;
  /** An object of the cluster, or of one of its namespaces. */
  object(kind: string, name: string, namespace?: string): Promise<KubeObject | undefined>;
  /** Makes a Secret in luban-ci. */
  secret(name: string, data: Record<string, string>, type?: string): Promise<void>;
  /** A file with the data of a ConfigMap, as a pod would have it mounted. */
  configMap(name: string, namespace: string): Promise<string>;
  /** Runs git in a bare repository of `metasync`. */
  git(repository: string, args: readonly string[], input?: string): Promise<string>;
  /** The forge, as the administrator. */
  forge: Forge;
}

const groups: Readonly<Record<string, string>> = {
  Application: 'argoproj.io/v1alpha1',
  AppProject: 'argoproj.io/v1alpha1',
  NetworkPolicy: 'networking.k8s.io/v1',
  RoleBinding: 'rbac.authorization.k8s.io/v1',
  WorkflowTemplate: 'argoproj.io/v1alpha1',
};

export async function setUpWorld(): Promise<SetUpWorld> {
  const folder = await temporaryFolder();
  const users = [{ name: 'admin', token, admin: true }];
  const organizations = [{ name: 'metasync', members: [] }];
  const playground = await startPlayground({ folder: folder.at('data'), users, organizations });
  const kubeconfig = folder.at('kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(playground.url, token));
  const kube = createKube({ kubeconfig });
  const harborAccess = { harborUrl: playground.url, harborUsername: 'admin', harborPassword: token };
  const { signal } = new AbortController();
  const login = { url: playground.url, username: 'admin', password: token };
  let configs = 0;
  return {
    ...{ playground, kube },
    harbor: createHarbor({ ...login, fetch, clock: fixedClock(), signal }),
    run: async (id, inputs, { config = {}, ...options } = {}) => {
      const configPath = folder.at(`config-${++configs}.json`);
      const here = { gitea_server: playground.registry, gitea_base_url: playground.url };
      const addresses = inputs['gitProvider'] === 'gitea' && config['gitea_server'] === undefined ? here : {};
      await writeFile(configPath, JSON.stringify({ registry_server: playground.registry, ...addresses, ...config }));
      const shape = inputShapeOf((await loadStep(id)).contract, capabilities);
      const common = Object.entries({ configPath, kubeconfig, gitToken: token, ...harborAccess }).filter(
        ([name]) => name in shape,
      );
      return runStep(id, { ...Object.fromEntries(common), ...inputs }, options);
    },
    configMap: async (name, namespace) => {
      const found = await kube.read({ apiVersion: 'v1', kind: 'ConfigMap', name, namespace });
      const path = folder.at(`config-${++configs}.json`);
      await writeFile(path, JSON.stringify(found?.['data'] ?? {}));
      return path;
    },
    git: (repository, args, input) =>
      plainGit(folder.at('data', 'repositories', 'metasync', `${repository}.git`), args, input),
    forge: await createForge('gitea', { baseUrl: playground.url, token, clock: fixedClock() }),
    object: (kind, name, namespace) =>
      kube.read({ apiVersion: groups[kind] ?? 'v1', kind, name, ...(namespace === undefined ? {} : { namespace }) }),
    secret: async (name, data, type = 'Opaque') => {
      const encoded = Object.entries(data).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
      const metadata = { name, namespace: 'luban-ci' };
      await kube.create({ apiVersion: 'v1', kind: 'Secret', metadata, type, data: Object.fromEntries(encoded) });
    },
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}
