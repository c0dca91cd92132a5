import { StepError } from '@luban-ci/core';
import {
  type BlobSource,
  type Descriptor,
  digestOf,
  formatReference,
  type ImageRepository,
  mediaTypes,
  type Platform,
  type RegistryClient,
} from '@luban-ci/images';
import type { BuildRequest } from '../builder.ts';
import type { BaseImage } from './base-image.ts';
import type { Layer } from './layer.ts';

export interface ImageParts {
  base: BaseImage;
  config: { bytes: Uint8Array; mediaType: string };
  layers: readonly Layer[];
  annotations: Record<string, string>;
}

/** JSON as it is hashed: no white space, keys in the order they were written. */
export function bytesOf(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}

/** Pushes what the registry does not have yet: the base's layers, ours, the configuration, the manifest. */
export async function publishImage(
  registry: RegistryClient,
  image: ImageRepository,
  parts: ImageParts,
): Promise<{ descriptor: Descriptor; changed: boolean }> {
  const { base, config, layers, annotations } = parts;
  const own = layers.map(({ bytes, digest }) => ({
    mediaType: mediaTypes.ociLayerGzip,
    digest,
    size: bytes.byteLength,
  }));
  const manifest = bytesOf({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: { mediaType: config.mediaType, digest: digestOf(config.bytes), size: config.bytes.byteLength },
    layers: [...base.layers.map(ociLayer), ...own],
    annotations,
  });
  const digest = digestOf(manifest);
  const there = await registry.resolve({ ...image, digest });
  if (there !== undefined) {
    return { descriptor: { mediaType: there.mediaType, digest, size: manifest.byteLength }, changed: false };
  }
  for (const layer of base.layers) await copyLayer(registry, image, base.reference, layer);
  for (const { bytes } of layers) await registry.uploadBlob(image, { bytes });
  await registry.uploadBlob(image, { bytes: config.bytes });
  const descriptor = await registry.putManifest(image, { bytes: manifest, mediaType: mediaTypes.ociManifest });
  return { descriptor, changed: true };
}

/** Lets the tags stand for the one manifest, or for an index of several. */
export async function publishIndex(
  registry: RegistryClient,
  request: BuildRequest,
  manifests: readonly { platform: Platform; descriptor: Descriptor }[],
): Promise<{ digest: string; changed: boolean }> {
  const [only] = manifests;
  if (only === undefined) throw new StepError('No platform was asked for');
  const digest = manifests.length === 1 ? only.descriptor.digest : await putIndex(registry, request.image, manifests);
  const tagged = [];
  for (const tag of request.tags) tagged.push(await registry.retag(request.image, digest, tag));
  return { digest, changed: tagged.some(({ changed }) => changed) };
}

async function putIndex(
  registry: RegistryClient,
  image: ImageRepository,
  manifests: readonly { platform: Platform; descriptor: Descriptor }[],
): Promise<string> {
  const bytes = bytesOf({
    schemaVersion: 2,
    mediaType: mediaTypes.ociIndex,
    manifests: manifests.map(({ platform, descriptor }) => ({ ...descriptor, platform })),
  });
  const { digest } = await registry.putManifest(image, { bytes, mediaType: mediaTypes.ociIndex });
  return digest;
}

async function copyLayer(
  registry: RegistryClient,
  image: ImageRepository,
  from: ImageRepository,
  layer: Descriptor,
): Promise<void> {
  if (await registry.hasBlob(image, layer.digest)) return;
  if (await registry.mountBlob(image, layer.digest, { registry: from.registry, path: from.path })) return;
  await registry.uploadBlob(image, streamed(registry, from, layer));
}

function streamed(registry: RegistryClient, from: ImageRepository, layer: Descriptor): BlobSource {
  async function* open(): AsyncGenerator<Uint8Array> {
    const blob = await registry.openBlob(from, layer.digest);
    if (blob === undefined)
      throw new StepError(`A layer of the base image is gone: ${formatReference({ ...from, digest: layer.digest })}`);
    yield* blob.content;
  }
  return { digest: layer.digest, size: layer.size, open };
}

/** Docker's layer type has the same bytes under another name; an OCI manifest must not mix the two. */
function ociLayer(layer: Descriptor): Descriptor {
  const isDockerGzip = layer.mediaType === 'application/vnd.docker.image.rootfs.diff.tar.gzip';
  return { ...layer, mediaType: isDockerGzip ? mediaTypes.ociLayerGzip : layer.mediaType };
}
