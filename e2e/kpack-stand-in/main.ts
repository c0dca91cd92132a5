import { setTimeout as sleep } from 'node:timers/promises';
import { ApiException, KubeConfig, KubernetesObjectApi, PatchStrategy } from '@kubernetes/client-node';
import { messageOf } from '@luban-ci/core';
import { type Cluster, reconcile } from './reconcile.ts';

const manager = 'kpack-stand-in';
const config = new KubeConfig();
config.loadFromCluster();
const api = KubernetesObjectApi.makeApiClient(config);

const cluster: Cluster = {
  list: async (apiVersion, kind) => (await api.list(apiVersion, kind)).items,
  read: (apiVersion, kind, namespace, name) => unless404(api.read({ apiVersion, kind, metadata: { namespace, name } })),
  create: (object) => api.create(object, undefined, undefined, manager),
  setStatus: async ({ kind, namespace, name }, status) => {
    const patch = { apiVersion: 'kpack.io/v1alpha2', kind, metadata: { namespace, name }, status };
    await unless404(api.patch(patch, undefined, undefined, manager, undefined, PatchStrategy.MergePatch));
  },
};
const settings = { luban: process.env['LUBAN_IMAGE'] ?? '', base: process.env['BASE_IMAGE'] ?? '' };

for (;;) {
  await reconcile(cluster, settings).catch((error: unknown) => process.stderr.write(`${messageOf(error)}\n`));
  await sleep(1_000);
}

async function unless404<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof ApiException && error.code === 404) return undefined;
    throw error;
  }
}
