import { StepError } from '@luban-ci/core';
import { z } from 'zod';

export const mediaTypes = {
  ociManifest: 'application/vnd.oci.image.manifest.v1+json',
  ociIndex: 'application/vnd.oci.image.index.v1+json',
  ociConfig: 'application/vnd.oci.image.config.v1+json',
  ociLayerGzip: 'application/vnd.oci.image.layer.v1.tar+gzip',
  dockerManifest: 'application/vnd.docker.distribution.manifest.v2+json',
  dockerList: 'application/vnd.docker.distribution.manifest.list.v2+json',
} as const;

/** What is asked for when any kind of image will do. */
export const acceptedManifests = [
  mediaTypes.ociIndex,
  mediaTypes.ociManifest,
  mediaTypes.dockerList,
  mediaTypes.dockerManifest,
].join(', ');

const Annotations = z
  .record(z.string(), z.string())
  .nullish()
  .transform((each) => each ?? undefined);
const DescriptorDigest = z.string().regex(/^[a-z0-9+._-]+:[a-fA-F0-9]{32,}$/, 'expected a digest');

/** A pointer to content: media type, digest and size in bytes (OCI image specification, descriptor.md). */
export const Descriptor = z.object({
  mediaType: z.string(),
  digest: DescriptorDigest,
  size: z.int().nonnegative(),
  annotations: Annotations.optional(),
});
export type Descriptor = z.output<typeof Descriptor>;

export const Platform = z.object({ os: z.string(), architecture: z.string(), variant: z.string().optional() });
export type Platform = z.output<typeof Platform>;

export const ImageManifest = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  config: Descriptor,
  layers: z.array(Descriptor),
  annotations: Annotations.optional(),
});
export type ImageManifest = z.output<typeof ImageManifest>;

export const ImageIndex = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  manifests: z.array(Descriptor.extend({ platform: Platform.optional() })),
  annotations: Annotations.optional(),
});
export type ImageIndex = z.output<typeof ImageIndex>;

/** The part of an image's configuration that steps read (OCI image specification, config.md). */
export const ImageConfig = z.object({
  architecture: z.string(),
  os: z.string(),
  created: z.string().optional(),
  config: z
    .object({
      Labels: z.record(z.string(), z.string()).nullish(),
      Env: z.array(z.string()).nullish(),
      Entrypoint: z.array(z.string()).nullish(),
      Cmd: z.array(z.string()).nullish(),
      User: z.string().nullish(),
      WorkingDir: z.string().nullish(),
    })
    .nullish(),
  rootfs: z.object({ type: z.string(), diff_ids: z.array(z.string()) }).optional(),
  history: z.array(z.record(z.string(), z.unknown())).nullish(),
});
export type ImageConfig = z.output<typeof ImageConfig>;

/** A manifest as the registry has it: its own bytes, so that copying it keeps the digest, and what they say. */
export type StoredManifest = { bytes: Uint8Array; digest: string; mediaType: string } & (
  | { kind: 'image'; image: ImageManifest }
  | { kind: 'index'; index: ImageIndex }
);

/** @throws StepError when the bytes are no manifest */
export function parseManifest(bytes: Uint8Array, mediaType: string, digest: string, where: string): StoredManifest {
  const value = parsedJson(bytes, where);
  const isIndex = mediaType === mediaTypes.ociIndex || mediaType === mediaTypes.dockerList;
  const index = isIndex ? ImageIndex.safeParse(value) : undefined;
  if (index?.success) return { bytes, digest, mediaType, kind: 'index', index: index.data };
  const image = isIndex ? undefined : ImageManifest.safeParse(value);
  if (image?.success) return { bytes, digest, mediaType, kind: 'image', image: image.data };
  throw new StepError(`${where} is not an image manifest that can be used (${mediaType})`, {
    cause: index?.error ?? image?.error,
    hint: 'Schema version 1 of docker manifests is not supported; push the image again with a current tool.',
  });
}

/** The entry of an index for a platform; an entry without variant serves every variant. `undefined` when there is none. */
export function pickPlatform(index: ImageIndex, wanted: Platform): Descriptor | undefined {
  const fits = index.manifests.filter(
    ({ platform }) => platform?.os === wanted.os && platform.architecture === wanted.architecture,
  );
  if (wanted.variant === undefined) return fits[0];
  const exact = fits.find(({ platform }) => platform?.variant === wanted.variant);
  return exact ?? fits.find(({ platform }) => platform?.variant === undefined);
}

export function parsedJson(bytes: Uint8Array, where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new StepError(`${where} is not JSON`, { cause });
  }
}
