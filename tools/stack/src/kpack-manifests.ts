import { join } from 'node:path';
import { stringify } from 'yaml';
import { imageNames } from './image-names.ts';
import { readVersions, type Versions } from './versions.ts';

const apiVersion = 'kpack.io/v1alpha2';
const account = { name: 'luban-ci-sa', namespace: 'luban-ci' };

/** What kpack builds with, by path: objects printed from the table of versions, on Amazon Linux. */
export async function kpackManifests(root: string): Promise<Record<string, string>> {
  const versions = await readVersions(root);
  const { buildpack, buildImage, runImage, lifecycle } = await imageNames(root, 'al2023', versions);
  const objects = {
    'cluster-store': object('ClusterStore', 'luban-store', {
      serviceAccountRef: account,
      sources: [{ image: buildpack }],
    }),
    'cluster-stack': object('ClusterStack', 'luban-stack', {
      serviceAccountRef: account,
      id: versions.stack,
      buildImage: { image: buildImage },
      runImage: { image: runImage },
    }),
    'cluster-lifecycle': object('ClusterLifecycle', 'luban-lifecycle', { image: lifecycle }),
    'cluster-builder': clusterBuilder(versions),
  };
  const names = Object.keys(objects).map((name) => `${name}.yaml`);
  const kustomization = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization', resources: names };
  const all = { kustomization, ...objects };
  return Object.fromEntries(
    Object.entries(all).map(([name, value]) => [join('manifests/kpack', `${name}.yaml`), `${head}${stringify(value)}`]),
  );
}

const head = '# Printed by "make generate" from stack/versions.json\n';

/** kpack writes an image of its own to `tag`; nothing else does. */
function clusterBuilder(versions: Versions): object {
  const group = [{ id: 'luban-ci/python-uv', version: versions.buildpack }];
  return object('ClusterBuilder', 'luban-builder', {
    serviceAccountRef: account,
    tag: `${versions.repository}/kpack-builder`,
    stack: { kind: 'ClusterStack', name: 'luban-stack' },
    store: { kind: 'ClusterStore', name: 'luban-store' },
    lifecycle: { kind: 'ClusterLifecycle', name: 'luban-lifecycle' },
    order: [{ group }],
  });
}

function object(kind: string, name: string, spec: object): object {
  return { apiVersion, kind, metadata: { name, labels: { 'app.kubernetes.io/part-of': 'luban-ci' } }, spec };
}
