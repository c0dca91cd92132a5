import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import {
  type Catalog,
  joinCatalogs,
  type KeyedData,
  loadCatalog,
  otherApiAt,
  type RunEvent,
  readCatalog,
} from '@luban-ci/argo-local';
import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { silentLog } from '@luban-ci/core';
import { digestOf } from '@luban-ci/images';
import { type Playground, type PlaygroundUser, startPlayground } from '@luban-ci/playground';
import { type FaultProxy, faultProxy, type HurriedClock, hurriedClock, temporaryFolder } from '@luban-ci/testing';
import { pushLocalBase } from '../demo/base-image.ts';
import { configurationOf } from '../demo/cluster.ts';
import { type EventSource, openEventSource } from '../demo/events.ts';
import type { DemoPlace } from '../demo/place.ts';
import { type DemoTools, demoTools } from '../demo/repositories.ts';
import { type LocalCluster, openLocalCluster, workflowOf } from '../local-cluster.ts';
import { kubeconfigIn } from '../local-machine.ts';
import { repositoryRoot } from '../repository-folders.ts';
import { gitIn } from './git-in.ts';
import { lubanCommand } from './luban-process.ts';
import { setUpRepositories } from './set-up-repositories.ts';

/**
 * The demo's project in a playground of its own, with the shipped workflows and the real `luban`. Everything reaches the
 * playground through `proxy`.
 */
export interface LocalProject extends AsyncDisposable {
  playground: Playground;
  proxy: FaultProxy;
  place: DemoPlace;
  tools: DemoTools;
  cluster: LocalCluster;
  /** Path of a kubeconfig for the cluster: what set-up made, and what runs. */
  kubeconfig: string;
  events: RunEvent[];
  /** The workflows' clock. */
  clock: HurriedClock;
  /** Submits a template, and waits for nothing. */
  submit(template: string, parameters: Record<string, string>, namespace?: string): Workflow;
  /** Runs a template with these parameters, and what it submits, to their ends. Later runs have later times. */
  run(template: string, parameters: Record<string, string>, namespace?: string): Promise<Workflow>;
  /** As `run`, for a Workflow that is there as a file: addresses of github.com become the playground's. */
  runFile(path: string): Promise<Workflow>;
  /** Pushes an empty commit to the source repository. @returns its id */
  commit(message: string): Promise<string>;
  /** Runs git in the bare repository. @returns standard output without the end of the line */
  git(repository: string, args: readonly string[]): Promise<string>;
  /** Every ref and every stored object of the registry: equal before and after when nothing was changed. */
  snapshot(): Promise<Record<string, string>>;
  /** What the programs of a workflow's pods said. */
  said(): string;
}

export interface LocalProjectOptions {
  /** Beside the administrator. */
  users?: readonly PlaygroundUser[];
  /** Whose token the workflows have; by default the administrator's. */
  runAs?: PlaygroundUser;
  /** Namespaces that exist; by default the project's. */
  namespaces?: readonly string[];
  /** Whether the application's repositories are there; by default they are. */
  repositories?: boolean;
  /** Keys of luban-config, on top of the demo's. */
  config?: Record<string, string>;
  /** Beside the demo's. */
  secrets?: readonly KeyedData[];
}

const administrator: PlaygroundUser = { name: 'luban', token: 'token-of-the-administrator', admin: true };

export async function localProject(options: LocalProjectOptions = {}): Promise<LocalProject> {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryFolder());
  const users = [administrator, ...(options.users ?? [])];
  const organizations = [{ name: 'metasync', members: [] }];
  const playground = resources.use(await startPlayground({ folder: folder.at('data'), users, organizations }));
  const proxy = resources.use(await faultProxy(playground.url));
  const place = placeOf(proxy.url, folder.path);
  const tools = await demoTools(place, silentLog, new AbortController().signal);
  const hooks = resources.use(await openEventSource());
  if (options.repositories ?? true) await setUpRepositories(place, tools, hooks);

  const events: RunEvent[] = [];
  const clock = hurriedClock();
  const cluster = resources.use(
    await openLocalCluster({
      catalog: await catalogFor(place, options, hooks),
      folder: folder.at('runs'),
      namespace: 'luban-ci',
      namespaces: options.namespaces ?? [`snd-${place.project}`],
      environment: { PATH: process.env['PATH'], ...lubanCommand.env },
      luban: lubanCommand,
      other: otherApiAt(`${proxy.url}/kubernetes`, administrator.token),
      clock,
      onEvent: (event) => events.push(event),
    }),
  );
  const submit = (workflow: Workflow): Workflow => {
    clock.advance(60_000);
    return cluster.submit(workflow);
  };
  const run = async (workflow: Workflow): Promise<Workflow> => {
    const { metadata } = submit(workflow);
    await cluster.settled();
    return cluster.api.store.find(metadata.namespace ?? '', metadata.name ?? '')?.current() ?? workflow;
  };
  const git = async (repository: string, args: readonly string[]): Promise<string> =>
    (await gitIn(folder.at('data', 'repositories', place.organization, `${repository}.git`), args)).trimEnd();
  const sandbox = `snd-${place.project}`;
  const kubeconfig = kubeconfigIn(folder.at('runs'));
  const owned = resources.move();
  return {
    ...{ playground, proxy, place, tools, cluster, events, clock, git, kubeconfig },
    submit: (template, parameters, namespace = sandbox) =>
      submit(workflowOf(template, namespace, { ...common, ...parameters })),
    run: (template, parameters, namespace = sandbox) =>
      run(workflowOf(template, namespace, { ...common, ...parameters })),
    commit: async (message) => {
      const commit = await git(place.app, ['commit-tree', 'main^{tree}', '-p', 'main', '-m', message]);
      await git(place.app, ['update-ref', 'refs/heads/main', commit]);
      return commit;
    },
    runFile: async (path) => run(await workflowIn(path, place)),
    snapshot: () => snapshotOf(folder.at('data'), git),
    said: () => events.map((event) => (event.type === 'output' ? event.text : '')).join(''),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** What every template here takes and the playground needs. */
const common = { git_provider: 'gitea', git_creds_secret: 'gitea-creds' };

function placeOf(url: string, folder: string): DemoPlace {
  const [organization, project, app] = ['metasync', 'payment', 'cart-service'];
  return {
    ...{ folder, url, organization, project, app, user: administrator.name, token: administrator.token },
    host: new URL(url).host,
    sourceUrl: `${url}/${organization}/${app}.git`,
    gitopsUrl: `${url}/${organization}/${app}-gitops.git`,
  };
}

/** The shipped workflows and the configuration of the demo, with the examples' own Secret beside the demo's. */
async function catalogFor(
  place: DemoPlace,
  { runAs = administrator, repositories: isSetUp = true, config = {}, secrets: more = [] }: LocalProjectOptions,
  hooks: EventSource,
): Promise<Catalog> {
  const { name, token } = runAs;
  const who = { ...place, user: name, token };
  const configuration = configurationOf(who, await pushLocalBase(place), hooks);
  const repositories = { [`${place.project}.${place.app}`]: `source: ${place.sourceUrl}` };
  const registered = isSetUp ? [{ name: 'luban-repositories', data: repositories }] : [];
  const secrets = [...configuration.secrets, gitHubNamed(configuration.secrets), ...more];
  const configMaps = configuration.configMaps.map((each) =>
    each.name === 'luban-config' ? { ...each, data: { ...each.data, ...config } } : each,
  );
  return joinCatalogs(await loadCatalog([join(repositoryRoot, 'workflows')]), {
    ...configuration,
    configMaps: [...configMaps, ...registered],
    secrets,
  });
}

/** The examples speak of GitHub, and so of its Secret. */
function gitHubNamed(secrets: readonly KeyedData[]): KeyedData {
  return { name: 'github-creds', data: secrets.find(({ name }) => name === 'gitea-creds')?.data ?? {} };
}

async function workflowIn(path: string, place: DemoPlace): Promise<Workflow> {
  const text = (await readFile(path, 'utf8')).replaceAll('https://github.com', place.url);
  const [workflow] = readCatalog(text, path).workflows;
  if (workflow === undefined) throw new Error(`${path} holds no Workflow`);
  if (workflow.spec.workflowTemplateRef === undefined) return workflow;
  const provider = { name: 'git_provider', value: common.git_provider };
  const given = workflow.spec.arguments?.parameters ?? [];
  return { ...workflow, spec: { ...workflow.spec, arguments: { parameters: [...given, provider] } } };
}

async function snapshotOf(data: string, git: LocalProject['git']): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const name of ['cart-service', 'cart-service-gitops']) {
    for (const line of (await git(name, ['show-ref'])).split('\n'))
      tree[`${name} ${line.slice(41)}`] = line.slice(0, 40);
  }
  const stored = await readdir(join(data, 'registry'), { recursive: true, withFileTypes: true });
  for (const file of stored.filter((each) => each.isFile())) {
    const path = join(file.parentPath, file.name);
    tree[relative(data, path)] = digestOf(await readFile(path));
  }
  return tree;
}
