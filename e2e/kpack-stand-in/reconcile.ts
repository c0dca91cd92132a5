import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type BuildSettings, buildPod, type GitCredentials } from './build-pod.ts';
import { Build, Image, isEnded, labels, Pod } from './objects.ts';

/** The little that is asked of a cluster; lists are over all namespaces. */
export interface Cluster {
  list(apiVersion: string, kind: string): Promise<unknown[]>;
  read(apiVersion: string, kind: string, namespace: string, name: string): Promise<unknown>;
  create(object: object): Promise<unknown>;
  /** Changes the status, and nothing else. */
  setStatus(object: { kind: string; namespace: string; name: string }, status: object): Promise<void>;
}

const kpack = 'kpack.io/v1alpha2';
const configuration = 'luban.test/configuration';
const named = z.looseObject({ metadata: z.looseObject({ name: z.string() }) });

/** Looks at everything once, and does the next thing for each Image. */
export async function reconcile(cluster: Cluster, settings: BuildSettings): Promise<void> {
  const images = z.array(Image).parse(await cluster.list(kpack, 'Image'));
  if (images.length === 0) return; // most of the time, and it is looked every second
  const builds = z.array(Build).parse(await cluster.list(kpack, 'Build'));
  const builders = z.array(named).parse(await cluster.list(kpack, 'ClusterBuilder'));
  for (const image of images) {
    const own = builds.filter((build) => isOf(build, image)).sort((a, b) => numberOf(a) - numberOf(b));
    const last = own.at(-1);
    if (last !== undefined && !isEnded(last)) {
      await followPod(last, cluster, settings);
      continue;
    }
    if (last?.metadata['annotations'] !== undefined && configurationOf(last) === digestOf(image)) continue;
    if (!builders.some(({ metadata }) => metadata.name === image.spec.builder.name)) continue;
    await beginBuild(image, last === undefined ? 1 : numberOf(last) + 1, cluster);
  }
}

async function beginBuild(image: Image, number: number, cluster: Cluster): Promise<void> {
  const { name, namespace, uid } = image.metadata;
  const { tag, additionalTags, serviceAccountName, source, build, builder } = image.spec;
  await cluster.create({
    apiVersion: kpack,
    kind: 'Build',
    metadata: {
      name: `${name}-build-${number}`,
      namespace,
      labels: { [labels.image]: name, [labels.number]: String(number) },
      annotations: { [configuration]: digestOf(image) },
      ownerReferences: [{ apiVersion: kpack, kind: 'Image', name, uid, controller: true }],
    },
    spec: {
      tags: [tag, ...additionalTags],
      serviceAccountName,
      source,
      env: build.env,
      builder: { image: builder.name },
    },
  });
}

/** Starts the pod of a Build, or tells in the Build how its pod does. */
async function followPod(build: Build, cluster: Cluster, settings: BuildSettings): Promise<void> {
  const { name, namespace } = build.metadata;
  const podName = `${name}-build-pod`;
  const found = await cluster.read('v1', 'Pod', namespace, podName);
  if (found === undefined) {
    await cluster.create(buildPod(build, settings, await gitCredentials(build, cluster)));
    return;
  }
  await cluster.setStatus({ kind: 'Build', namespace, name }, { podName, ...statusOf(build, Pod.parse(found)) });
  const status = { latestBuildRef: name, buildCounter: numberOf(build) };
  await cluster.setStatus({ kind: 'Image', namespace, name: build.metadata.labels[labels.image] ?? '' }, status);
}

const result = z.object({ outputs: z.object({ image: z.string(), digest: z.string() }) });

function statusOf(build: Build, pod: Pod): object {
  const ended = pod.status.initContainerStatuses.filter(({ state }) => state.terminated !== undefined);
  const stepsCompleted = ended.map(({ name }) => name);
  const said = ended.find(({ name }) => name === 'build')?.state.terminated;
  if (pod.status.phase === 'Succeeded') {
    const { image, digest } = result.parse(JSON.parse(said?.message ?? '')).outputs;
    return { stepsCompleted, latestImage: `${image}@${digest}`, conditions: [succeeded('True', 'Built', '')] };
  }
  if (pod.status.phase === 'Failed') {
    const message = `Build ${build.metadata.name} failed: ${said?.message ?? `exit code ${said?.exitCode ?? 'unknown'}`}`;
    return { stepsCompleted, conditions: [succeeded('False', 'BuildFailed', message)] };
  }
  return { stepsCompleted, conditions: [succeeded('Unknown', 'Running', '')] };
}

function succeeded(status: string, reason: string, message: string): object {
  return { type: 'Succeeded', status, reason, message, lastTransitionTime: new Date().toISOString() };
}

const ServiceAccount = z.looseObject({ secrets: z.array(z.object({ name: z.string() })).default([]) });
const Secret = z.looseObject({
  type: z.string(),
  metadata: z.looseObject({ annotations: z.record(z.string(), z.string()).default({}) }),
});

/** The account's Secret of type basic-auth whose annotation `kpack.io/git` is the host of the source. */
async function gitCredentials(build: Build, cluster: Cluster): Promise<GitCredentials | undefined> {
  const { namespace } = build.metadata;
  const found = await cluster.read('v1', 'ServiceAccount', namespace, build.spec.serviceAccountName);
  if (found === undefined) return undefined;
  for (const { name } of ServiceAccount.parse(found).secrets) {
    const secret = Secret.safeParse(await cluster.read('v1', 'Secret', namespace, name)).data;
    const host = secret?.metadata.annotations['kpack.io/git'];
    const isForSource = host !== undefined && build.spec.source.git.url.startsWith(host);
    if (secret?.type === 'kubernetes.io/basic-auth' && isForSource) return { secret: name };
  }
  return undefined;
}

function isOf(build: Build, image: Image): boolean {
  const isSameNamespace = build.metadata.namespace === image.metadata.namespace;
  return isSameNamespace && build.metadata.labels[labels.image] === image.metadata.name;
}

function numberOf(build: Build): number {
  return Number(build.metadata.labels[labels.number] ?? 0);
}

function digestOf(image: Image): string {
  return createHash('sha256').update(JSON.stringify(image.spec)).digest('hex').slice(0, 16);
}

function configurationOf(build: Build): string | undefined {
  return z.record(z.string(), z.string()).catch({}).parse(build.metadata['annotations'])[configuration];
}
