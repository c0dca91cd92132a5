import { cp } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { silentLog } from '@luban-ci/core';
import { createRegistryClient, digestOf, parseReference, type RegistryClient } from '@luban-ci/images';
import { startPlayground } from '@luban-ci/playground';
import { type FaultProxy, faultProxy, hurriedClock, temporaryFolder } from '@luban-ci/testing';
import type { BuildRequest, BuiltImage } from '../builder.ts';
import { createAppendBuilder } from './append-builder.ts';
import { bytesOf } from './publish.ts';

const example = fileURLToPath(new URL('../../../../examples/cart-service/', import.meta.url));
const docker = 'application/vnd.docker';

/** A registry with a base image, and the example as if checked out at a commit. */
export interface BuildPlace extends AsyncDisposable {
  registry: RegistryClient;
  image: BuildRequest['image'];
  /** In front of the registry: what was asked of it. */
  proxy: FaultProxy;
  /** A copy of the example in a folder of its own. */
  checkOut(): Promise<string>;
  build(folder: string, parts?: Partial<BuildRequest> & { revision?: string }): Promise<BuiltImage>;
}

export const amd64 = { os: 'linux', architecture: 'amd64' };
export const arm64 = { os: 'linux', architecture: 'arm64' };

export async function buildPlace(): Promise<BuildPlace> {
  await using resources = new AsyncDisposableStack();
  const folder = resources.use(await temporaryFolder());
  const playground = resources.use(await startPlayground({ folder: folder.at('data') }));
  const proxy = resources.use(await faultProxy(playground.url));
  const host = new URL(proxy.url).host;
  const registry = createRegistryClient({ clock: hurriedClock() });
  const image = { registry: host, path: 'payment/cart-service' };
  await pushBase(registry, { registry: host, path: 'library/python' });
  const builder = createAppendBuilder({
    ...{ registry, fetch, log: silentLog, signal: new AbortController().signal },
    base: parseReference(`${host}/library/python:3.13`),
    libc: { kind: 'glibc', major: 2, minor: 36 },
  });
  const owned = resources.move();
  const copies: string[] = [];
  return {
    ...{ registry, image, proxy },
    checkOut: async () => {
      const copy = folder.at(`machine-${copies.push('')}`, 'source');
      await cp(example, copy, { recursive: true, filter: (path) => !path.includes('__pycache__') });
      return copy;
    },
    build: (at, { revision = 'a'.repeat(40), ...parts } = {}) =>
      builder.build({
        source: {
          repoUrl: 'https://git.example/metasync/cart-service.git',
          ...{ revision, subPath: '.' },
          checkout: async () => ({ folder: at, committedAt: new Date('2026-01-02T03:04:05Z') }),
        },
        ...{ image, tags: ['1.0.0'], platforms: [amd64], requestId: 'one', ...parts },
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/** Two platforms of one layer each, in Docker's media types, as older registries hold them. */
async function pushBase(registry: RegistryClient, repository: BuildRequest['image']): Promise<void> {
  const layer = gzipSync(new Uint8Array(1024)); // an empty archive
  await registry.uploadBlob(repository, { bytes: layer });
  const manifests = [];
  for (const platform of [amd64, arm64]) {
    const config = bytesOf({
      ...platform,
      config: { Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'PYTHON_VERSION=3.13.1'] },
      rootfs: { type: 'layers', diff_ids: [digestOf(new Uint8Array(1024))] },
    });
    await registry.uploadBlob(repository, { bytes: config });
    const mediaType = `${docker}.distribution.manifest.v2+json`;
    const bytes = bytesOf({
      ...{ schemaVersion: 2, mediaType },
      config: { mediaType: `${docker}.container.image.v1+json`, digest: digestOf(config), size: config.byteLength },
      layers: [{ mediaType: `${docker}.image.rootfs.diff.tar.gzip`, digest: digestOf(layer), size: layer.byteLength }],
    });
    manifests.push({ ...(await registry.putManifest(repository, { bytes, mediaType })), platform });
  }
  const mediaType = `${docker}.distribution.manifest.list.v2+json`;
  await registry.putManifest(
    repository,
    { bytes: bytesOf({ schemaVersion: 2, mediaType, manifests }), mediaType },
    '3.13',
  );
}
