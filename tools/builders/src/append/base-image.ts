import { StepError } from '@luban-ci/core';
import {
  type Descriptor,
  formatReference,
  type ImageConfig,
  type ImageReference,
  type Platform,
  pickPlatform,
  type RegistryClient,
  type StoredManifest,
} from '@luban-ci/images';

/** The image that an application is put on top of, for one platform. */
export interface BaseImage {
  reference: ImageReference;
  /** Digest of the manifest for this platform. */
  digest: string;
  layers: readonly Descriptor[];
  config: ImageConfig;
  /** The Python it says it has: `3.13.1`. */
  pythonVersion: string;
}

/** @throws StepError when the base is not there, not for this platform, or does not say which Python it has */
export async function readBaseImage(
  registry: RegistryClient,
  reference: ImageReference,
  platform: Platform,
): Promise<BaseImage> {
  const manifest = await manifestFor(registry, reference, platform);
  const config = await registry.readImageConfig({ ...reference, digest: manifest.digest });
  if (manifest.kind !== 'image' || config?.rootfs === undefined) {
    throw new StepError(`The base image ${formatReference(reference)} has no configuration that can be used`);
  }
  const pythonVersion = environmentOf(config)['PYTHON_VERSION'];
  if (pythonVersion === undefined) {
    throw new StepError(`The base image ${formatReference(reference)} does not say which Python it has`, {
      hint: 'Use one that sets PYTHON_VERSION, as the official Python images do.',
    });
  }
  return { reference, digest: manifest.digest, layers: manifest.image.layers, config, pythonVersion };
}

/** The variables of an image by name. */
export function environmentOf(config: ImageConfig): Record<string, string> {
  return Object.fromEntries((config.config?.Env ?? []).map((line) => line.split(/=(.*)/s).slice(0, 2)));
}

async function manifestFor(
  registry: RegistryClient,
  reference: ImageReference,
  platform: Platform,
): Promise<StoredManifest> {
  const found = await registry.getManifest(reference);
  if (found === undefined) throw new StepError(`The base image ${formatReference(reference)} does not exist`);
  if (found.kind === 'image') return found;
  const entry = pickPlatform(found.index, platform);
  const { tag: _, ...repository } = reference;
  const manifest =
    entry === undefined ? undefined : await registry.getManifest({ ...repository, digest: entry.digest });
  if (manifest !== undefined) return manifest;
  throw new StepError(
    `The base image ${formatReference(reference)} is not made for ${platform.os}/${platform.architecture}`,
  );
}
