import { digestOf, mediaTypes, type RegistryClient } from '@luban-ci/images';

/** An image without layers that says which Python it would have. */
export async function pushBase(registry: RegistryClient, host: string): Promise<string> {
  const repository = { registry: host, path: 'bench/base' };
  const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value));
  const config = bytes({
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'PYTHON_VERSION=3.13.0'] },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  await registry.uploadBlob(repository, { bytes: config });
  const manifest = {
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.byteLength },
    layers: [],
  };
  await registry.putManifest(repository, { bytes: bytes(manifest), mediaType: mediaTypes.ociManifest }, 'local');
  return `${host}/bench/base:local`;
}
