import { KubeConfig, PatchStrategy } from '@kubernetes/client-node';
import { InputError, isLoopback, messageOf } from '@luban-ci/core';
import { z } from 'zod';
import { followLog } from './follow-log.ts';
import type { WritableKube } from './kube.ts';
import { kubeFailure, statusOf, unknownKind } from './kube-failure.ts';
import { KubeObject, nameOf } from './kube-object.ts';
import { type PlainCall, PlainObjectApi } from './plain-object-api.ts';

/** Where the cluster is: a kubeconfig file, or the one this process runs in. */
export type ClusterAddress = { kubeconfig: string } | { inCluster: true };

const fieldManager = 'luban-ci';
/** A field that the cluster does not know is refused, and not dropped with a warning that nobody reads. */
const strictly = { fieldManager, fieldValidation: 'Strict' };
const List = z.object({ items: z.array(z.record(z.string(), z.unknown())).default([]) });

/** @throws InputError when the address cannot be used */
export function createKube(address: ClusterAddress): WritableKube {
  const config = loadConfig(address);
  const api = config.makeApiClient(PlainObjectApi);
  const ask = (action: string, call: PlainCall, expected: readonly number[] = []) =>
    attempt(action, api, call, expected);
  return {
    read: async ({ apiVersion, kind, name, namespace }) => {
      const object = { apiVersion, kind, metadata: { name, namespace } };
      const call: PlainCall = { method: 'GET', action: 'read', object };
      return optional(await ask(`Reading ${titleOf(object)}`, call, [404]));
    },
    list: async ({ apiVersion, kind, namespace, labelSelector }) => {
      const object = { apiVersion, kind, metadata: { namespace } };
      const query: Record<string, string> = labelSelector === undefined ? {} : { labelSelector };
      const found = await ask(`Listing ${kind} in ${namespace}`, { method: 'GET', action: 'list', object, query });
      return List.parse(found).items.map((item) => KubeObject.parse({ apiVersion, kind, ...item }));
    },
    create: async (object) => {
      const call: PlainCall = { method: 'POST', action: 'create', object, body: object, query: strictly };
      return optional(await ask(`Creating ${titleOf(object)}`, call, [409]));
    },
    apply: async (object) => {
      const query = { fieldManager, force: 'true' };
      const contentType = PatchStrategy.ServerSideApply;
      const call: PlainCall = { method: 'PATCH', action: 'patch', object, body: object, query, contentType };
      return KubeObject.parse(await ask(`Applying ${titleOf(object)}`, call));
    },
    replace: async (object) => {
      const call: PlainCall = { method: 'PUT', action: 'replace', object, body: object, query: strictly };
      return optional(await ask(`Changing ${titleOf(object)}`, call, [404, 409]));
    },
    delete: async (object) => {
      const { uid, resourceVersion } = object.metadata;
      const body = { preconditions: { uid, resourceVersion }, propagationPolicy: 'Background' };
      const call: PlainCall = { method: 'DELETE', action: 'delete', object, body };
      return (await ask(`Removing ${titleOf(object)}`, call, [404, 409])) !== undefined;
    },
    has: ({ apiVersion, kind }) => translated(`Asking for ${kind}`, () => api.has(apiVersion, kind)),
    followLog: (pod, onLine) =>
      translated(`Reading the log of ${pod.namespace}/${pod.name}`, () => followLog(config, pod, onLine)),
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
async function attempt(
  action: string,
  api: PlainObjectApi,
  call: PlainCall,
  expected: readonly number[],
): Promise<unknown> {
  const { apiVersion, kind } = call.object;
  return translated(action, async () => {
    if (!(await api.has(apiVersion, kind))) throw unknownKind(action, apiVersion, kind);
    try {
      return await api.call(call);
    } catch (error) {
      if (expected.includes(statusOf(error) ?? 0)) return undefined;
      throw error;
    }
  });
}

async function translated<T>(action: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw kubeFailure(error, action);
  }
}

function optional(found: unknown): KubeObject | undefined {
  return found === undefined ? undefined : KubeObject.parse(found);
}

function titleOf({ kind, metadata }: { kind: string; metadata: Partial<KubeObject['metadata']> }): string {
  const { name = `${metadata.generateName ?? ''}…`, namespace } = metadata;
  return nameOf({ kind, name, ...(namespace === undefined ? {} : { namespace }) });
}
