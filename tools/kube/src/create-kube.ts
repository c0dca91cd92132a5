import { Writable } from 'node:stream';
import { KubeConfig, KubernetesObjectApi, Log, PatchStrategy } from '@kubernetes/client-node';
import { InputError, isLoopback, messageOf } from '@luban-ci/core';
import type { Kube } from './kube.ts';
import { kubeFailure, statusOf } from './kube-failure.ts';
import { KubeObject, nameOf } from './kube-object.ts';

/** Where the cluster is: a kubeconfig file, or the one this process runs in. */
export type ClusterAddress = { kubeconfig: string } | { inCluster: true };

const fieldManager = 'luban-ci';

/** @throws InputError when the address cannot be used */
export function createKube(address: ClusterAddress): Kube {
  const config = loadConfig(address);
  const api = KubernetesObjectApi.makeApiClient(config);
  return {
    read: async ({ apiVersion, kind, name, namespace }) => {
      const metadata = { name, ...(namespace === undefined ? {} : { namespace }) };
      const call = () => api.read({ apiVersion, kind, metadata });
      const found = await attempt(`Reading ${nameOf({ kind, ...metadata })}`, call, [404]);
      return found === undefined ? undefined : KubeObject.parse(found);
    },
    list: async ({ apiVersion, kind, namespace, labelSelector }) => {
      const call = () =>
        api.list(apiVersion, kind, namespace, undefined, undefined, undefined, undefined, labelSelector);
      const found = await attempt(`Listing ${kind} in ${namespace}`, call);
      return (found?.items ?? []).map((item) => KubeObject.parse({ apiVersion, kind, ...item }));
    },
    create: async (object) => {
      const created = await attempt(`Creating ${titleOf(object)}`, () => api.create(object), [409]);
      return created === undefined ? undefined : KubeObject.parse(created);
    },
    apply: async (object) => {
      const call = () => api.patch(object, undefined, undefined, fieldManager, true, PatchStrategy.ServerSideApply);
      return KubeObject.parse(await attempt(`Applying ${titleOf(object)}`, call));
    },
    followLog: (pod, onLine) => followLog(config, pod, onLine),
  };
}

function loadConfig(address: ClusterAddress): KubeConfig {
  const config = new KubeConfig();
  try {
    if ('inCluster' in address) config.loadFromCluster();
    if ('kubeconfig' in address) config.loadFromFile(address.kubeconfig);
  } catch (cause) {
    throw new InputError(`The cluster's address cannot be read: ${messageOf(cause)}`, [], { cause });
  }
  config.clusters = config.clusters.map((cluster) => ({ ...cluster, skipTLSVerify: isPlainLoopback(cluster.server) }));
  return config;
}

/** The client speaks plain HTTP only where verification is off. On loopback there is nothing to verify; elsewhere, always. */
function isPlainLoopback(server: string): boolean {
  const url = URL.parse(server);
  return url?.protocol === 'http:' && isLoopback(url.host);
}

/** Statuses in `expected` mean "no such object" or "there already", and answer `undefined`. */
async function attempt<T>(
  action: string,
  call: () => Promise<T>,
  expected: readonly number[] = [],
): Promise<T | undefined> {
  try {
    return await call();
  } catch (error) {
    if (expected.includes(statusOf(error) ?? 0)) return undefined;
    throw kubeFailure(error, action);
  }
}

function titleOf({
  kind,
  metadata,
}: {
  kind: string;
  metadata: { name?: string; generateName?: string; namespace?: string };
}): string {
  const { name = `${metadata.generateName ?? ''}…`, namespace } = metadata;
  return nameOf({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
}

async function followLog(
  config: KubeConfig,
  pod: { namespace: string; name: string; container: string },
  onLine: (line: string) => void,
): Promise<void> {
  const lines = lineStream(onLine);
  const ended = new Promise<void>((resolve) => lines.once('close', resolve));
  await attempt(`Reading the log of ${pod.namespace}/${pod.name}`, () =>
    new Log(config).log(pod.namespace, pod.name, pod.container, lines, { follow: true }),
  );
  await ended;
}

function lineStream(onLine: (line: string) => void): Writable {
  const kept = { rest: '' };
  return new Writable({
    write(chunk: Buffer, _encoding, done) {
      const parts = `${kept.rest}${chunk.toString()}`.split('\n');
      kept.rest = parts.pop() ?? '';
      parts.forEach(onLine);
      done();
    },
    final(done) {
      if (kept.rest !== '') onLine(kept.rest);
      done();
    },
  });
}
