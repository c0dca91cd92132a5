import { randomUUID } from 'node:crypto';
import { fixedClock } from '@luban-ci/testing';
import type { CredentialLookup } from './credentials.ts';
import { digestOf } from './digest.ts';
import { type Descriptor, mediaTypes } from './manifest.ts';
import type { ImageRepository } from './reference.ts';
import { createRegistryClient, type RegistryClient } from './registry-client.ts';
import type { RegistryOptions } from './session.ts';

/** A registry that the suite may fill; everything it pushes is below a name of its own. */
export interface RegistryUnderTest extends AsyncDisposable {
  registry: string;
  credentials?: CredentialLookup;
}

export async function givenRegistry(start: () => Promise<RegistryUnderTest>): Promise<Given> {
  const registry = await start();
  const options = { clock: fixedClock(), credentials: registry.credentials };
  return {
    client: createRegistryClient(options),
    clientWith: (more) => createRegistryClient({ ...options, ...more }),
    repository: { registry: registry.registry, path: `contract/${randomUUID()}` },
    [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose](),
  };
}

export const builtAt = '2026-01-02T03:04:05Z';

/** A registry with clients for it, and a repository that is nobody else's. */
export interface Given extends AsyncDisposable {
  client: RegistryClient;
  /** The same with options of its own. */
  clientWith(more: Partial<RegistryOptions>): RegistryClient;
  repository: ImageRepository;
}

/** A `fetch` that writes down what was answered to which kind of question. */
export function noting(answers: string[]): typeof fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    answers.push(`${String(url).includes('/manifests/') ? 'manifest' : 'other'} ${response.status}`);
    return response;
  };
}

/** Pushes an image of one layer under a tag. */
export async function pushImage(
  { client, repository }: Given,
  tag: string,
  revision: string,
  { created = builtAt, architecture = 'amd64' } = {},
): Promise<Descriptor> {
  const layer = Buffer.from(`layer of ${revision}`);
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      created,
      config: { Labels: { 'org.opencontainers.image.revision': revision } },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    }),
  );
  for (const bytes of [layer, config]) await client.uploadBlob(repository, { bytes });
  const bytes = manifestBytes(
    { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.byteLength },
    { mediaType: mediaTypes.ociLayerGzip, digest: digestOf(layer), size: layer.byteLength },
  );
  return client.putManifest(repository, { bytes, mediaType: mediaTypes.ociManifest }, tag);
}

export function manifestBytes(config: Descriptor, layer: Descriptor): Uint8Array {
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers: [layer] }));
}
