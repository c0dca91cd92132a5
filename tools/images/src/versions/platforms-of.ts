import { InputError } from '@luban-ci/core';
import { type Platform, pickPlatform, type StoredManifest } from '../manifest.ts';
import type { ImageReference } from '../reference.ts';
import type { ManifestReader } from './created-at.ts';

/** Reads `linux/arm64` or `linux/arm/v7`. @throws InputError for anything else */
export function parsePlatform(text: string): Platform {
  const match = /^([a-z0-9]+)\/([a-z0-9_]+)(?:\/([a-z0-9.]+))?$/.exec(text);
  const [, os, architecture, variant] = match ?? [];
  if (os === undefined || architecture === undefined) {
    throw new InputError(`${JSON.stringify(text.slice(0, 120))} is no platform`, [
      { field: 'platforms', expected: 'expected os/architecture or os/architecture/variant, such as linux/arm64' },
    ]);
  }
  return { os, architecture, ...(variant === undefined ? {} : { variant }) };
}

export function formatPlatform({ os, architecture, variant }: Platform): string {
  return [os, architecture, variant].filter((part) => part !== undefined).join('/');
}

/** Which of these platforms a tag has no image for. */
export async function missingPlatforms(
  registry: ManifestReader,
  image: ImageReference,
  manifest: StoredManifest,
  wanted: readonly Platform[],
): Promise<string[]> {
  if (manifest.kind === 'index') {
    return wanted.filter((each) => pickPlatform(manifest.index, each) === undefined).map(formatPlatform);
  }
  const { registry: host, path } = image;
  const config = await registry.readImageConfig({ registry: host, path, digest: manifest.digest });
  return wanted
    .filter((each) => each.os !== config?.os || each.architecture !== config.architecture)
    .map(formatPlatform);
}
