import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Catalog,
  joinCatalogs,
  type KeyedData,
  loadCatalog,
  otherApiAt,
  type RunEvent,
} from '@luban-ci/argo-local';
import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { RetryableError, StepError, systemClock } from '@luban-ci/core';
import { type ClusterData, readClusterData } from '../cluster-data.ts';
import { openLocalCluster, workflowOf } from '../local-cluster.ts';
import { repositoryRoot } from '../repository-folders.ts';
import type { EventSource } from './events.ts';
import { requireSuccess } from './outcome.ts';
import type { DemoPlace } from './place.ts';

/** The shipped workflows, run on this machine with the configuration that a cluster would hold. */
export interface DemoCluster extends AsyncDisposable {
  /** It reads what set-up has made until now. */
  submit(template: string, namespace: string, parameters: Record<string, string>): Promise<Workflow>;
  /** Submits it, and waits for it and for everything that it brings about. @throws StepError when it does not succeed */
  run(template: string, namespace: string, parameters: Record<string, string>): Promise<Workflow>;
  /** Waits until everything that runs has ended. */
  settled(): Promise<void>;
  /** Workflows of a namespace, oldest first. */
  workflows(namespace: string): Workflow[];
}

/** Where push events are delivered: `<webhook_url>/gitea/push`. */
export type WebhookTarget = Pick<EventSource, 'url' | 'secret'>;

export async function openCluster(
  place: DemoPlace,
  configuration: Catalog,
  environment: NodeJS.ProcessEnv,
  onEvent: (event: RunEvent) => void,
): Promise<DemoCluster> {
  const folder = join(place.folder, 'runs');
  const objects = `${place.url}/kubernetes`;
  const made: ClusterData = { configMaps: [], secrets: [] };
  const cluster = await openLocalCluster({
    catalog: withData(joinCatalogs(await loadCatalog([join(repositoryRoot, 'workflows')]), configuration), made),
    folder,
    namespace: 'luban-ci',
    namespaces: [],
    environment,
    other: otherApiAt(objects, place.token),
    onEvent,
  });
  const submit: DemoCluster['submit'] = async (template, where, parameters) => {
    Object.assign(made, await readClusterData(objects, place.token));
    return cluster.submit(workflowOf(template, where, parameters));
  };
  return {
    submit,
    run: async (template, where, parameters) => {
      const { metadata } = await submit(template, where, parameters);
      await cluster.settled();
      const ended = cluster.workflows(where).find((each) => each.metadata.name === metadata.name);
      if (ended === undefined) throw new StepError(`the workflow ${metadata.name} is gone`);
      requireSuccess(ended);
      return ended;
    },
    settled: cluster.settled,
    workflows: cluster.workflows,
    [Symbol.asyncDispose]: async () => {
      await cluster[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true }); // pods have their credentials there
    },
  };
}

/** The catalog with whatever the data are when it is read. */
function withData(catalog: Catalog, made: ClusterData): Catalog {
  return {
    ...catalog,
    get configMaps() {
      return [...made.configMaps, ...catalog.configMaps];
    },
    get secrets() {
      return [...made.secrets, ...catalog.secrets];
    },
  };
}

/** What an administrator gives a cluster before anything is set up in it: the configuration and the Secrets. */
export function configurationOf(place: DemoPlace, baseImage: string, events: WebhookTarget): Catalog {
  const configMaps: KeyedData[] = [
    {
      name: 'luban-config',
      data: { ...configOf(place, baseImage), webhook_url: new URL(events.url).origin },
    },
    { name: 'workflow-semaphores', data: { 'kpack-builds': '2' } },
  ];
  const docker = { auths: { [place.host]: { username: place.user, password: place.token } } };
  const secrets: KeyedData[] = [
    ...loginsOf(place),
    { name: 'webhook-secret', data: { secret: events.secret } },
    { name: 'harbor-creds', data: { '.dockerconfigjson': JSON.stringify(docker) } },
  ];
  return { workflows: [], workflowTemplates: [], clusterWorkflowTemplates: [], configMaps, secrets };
}

/** What luban-config says of a playground. */
export function configOf({ host, url }: DemoPlace, baseImage: string): Record<string, string> {
  return {
    registry_server: host,
    harbor_url: url,
    builder: 'append',
    build_base_image: baseImage,
    default_git_provider: 'gitea',
    gitea_server: host,
    gitea_base_url: url,
  };
}

/** The Secrets that open its forge and its Harbor. */
export function loginsOf({ user, token }: DemoPlace): KeyedData[] {
  return [
    { name: 'gitea-creds', data: { username: user, token } },
    { name: 'harbor-api-creds', data: { HARBOR_USERNAME: user, HARBOR_PASSWORD: token } },
  ];
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
