import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Catalog, joinCatalogs, type KeyedData, loadCatalog, type RunEvent } from '@luban-ci/argo-local';
import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { RetryableError, systemClock } from '@luban-ci/core';
import { openLocalCluster, workflowOf } from '../local-cluster.ts';
import { repositoryRoot } from '../repository-folders.ts';
import type { DemoPlace } from './place.ts';

/** The shipped workflows, run on this machine with the configuration that a cluster would hold. */
export interface DemoCluster extends AsyncDisposable {
  submit(template: string, namespace: string, parameters: Record<string, string>): Workflow;
  /** Waits until everything that runs has ended. */
  settled(): Promise<void>;
  /** Workflows of a namespace, oldest first. */
  workflows(namespace: string): Workflow[];
}

export async function openCluster(
  place: DemoPlace,
  baseImage: string,
  environment: NodeJS.ProcessEnv,
  onEvent: (event: RunEvent) => void,
): Promise<DemoCluster> {
  const folder = join(place.folder, 'runs');
  const cluster = await openLocalCluster({
    catalog: joinCatalogs(await loadCatalog([join(repositoryRoot, 'workflows')]), configurationOf(place, baseImage)),
    folder,
    namespace: 'luban-ci',
    namespaces: [`snd-${place.project}`],
    environment,
    onEvent,
  });
  return {
    submit: (template, where, parameters) => cluster.submit(workflowOf(template, where, parameters)),
    settled: cluster.settled,
    workflows: cluster.workflows,
    [Symbol.asyncDispose]: async () => {
      await cluster[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true }); // pods have their credentials there
    },
  };
}

/** The ConfigMaps and Secrets that project and app setup would have made. */
export function configurationOf(place: DemoPlace, baseImage: string): Catalog {
  const configMaps: KeyedData[] = [
    {
      name: 'luban-config',
      data: {
        registry_server: place.host,
        harbor_url: place.url,
        builder: 'append',
        build_base_image: baseImage,
        default_git_provider: 'gitea',
        gitea_server: place.host,
        gitea_base_url: place.url,
      },
    },
    { name: 'luban-repositories', data: { [`${place.project}.${place.app}`]: `source: ${place.sourceUrl}` } },
    { name: 'workflow-semaphores', data: { 'kpack-builds': '2' } },
  ];
  const docker = { auths: { [place.host]: { username: place.user, password: place.token } } };
  const secrets: KeyedData[] = [
    { name: 'gitea-creds', data: { username: place.user, token: place.token } },
    { name: 'harbor-creds', data: { '.dockerconfigjson': JSON.stringify(docker) } },
  ];
  return { workflows: [], workflowTemplates: [], clusterWorkflowTemplates: [], configMaps, secrets };
}

/** Waits for a condition that something in the background brings about. */
export async function until<T>(what: string, find: () => T | undefined, signal: AbortSignal, seconds = 60): Promise<T> {
  for (let waited = 0; waited < seconds * 1000; waited += 50) {
    const found = find();
    if (found !== undefined) return found;
    await systemClock.sleep(50, signal);
  }
  throw new RetryableError(`${what} did not happen within ${seconds} s`);
}
