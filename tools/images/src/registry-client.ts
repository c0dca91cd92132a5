import { type BlobSource, hasBlob, mountBlob, type OpenedBlob, openBlob, readBlob, uploadBlob } from './blobs.ts';
import type { Descriptor, ImageConfig, Platform, StoredManifest } from './manifest.ts';
import { getManifest, putManifest, readImageConfig, resolve, retag } from './manifests.ts';
import type { ImageReference, ImageRepository } from './reference.ts';
import { createSession, type RegistryOptions } from './session.ts';
import { listTags } from './tags.ts';

/**
 * OCI registries (distribution specification 1.1), any number of them. What does not exist is `undefined`, never an
 * error. Every method throws StepError when the registry refuses or lies, RetryableError when it cannot be reached in
 * time, InputError for names that cannot be.
 */
export interface RegistryClient {
  /** What a tag or digest stands for; without both, `latest`. */
  resolve(image: ImageReference): Promise<{ digest: string; mediaType: string } | undefined>;
  getManifest(image: ImageReference): Promise<StoredManifest | undefined>;
  /** Stores a manifest under its digest and, where one is given, under a tag. Answers its descriptor. */
  putManifest(
    repository: ImageRepository,
    manifest: { bytes: Uint8Array; mediaType: string },
    tag?: string,
  ): Promise<Descriptor>;
  /** Lets `tag` stand for a manifest that is there already; nothing is built or copied. */
  retag(repository: ImageRepository, digest: string, tag: string): Promise<{ changed: boolean }>;
  /** All tags in the registry's order; `undefined` when there is no such repository. */
  listTags(repository: ImageRepository): Promise<string[] | undefined>;
  /** Labels, creation time and start command. Of an index, the image of `platform` is read. */
  readImageConfig(image: ImageReference, platform?: Platform): Promise<ImageConfig | undefined>;
  hasBlob(repository: ImageRepository, digest: string): Promise<boolean>;
  /** A blob as a stream. Reading to the end throws when the bytes do not have that digest. */
  openBlob(repository: ImageRepository, digest: string): Promise<OpenedBlob | undefined>;
  /** A whole blob of at most `limitBytes` (default 64 MiB), verified. */
  readBlob(repository: ImageRepository, digest: string, limitBytes?: number): Promise<Uint8Array | undefined>;
  /** Stores a blob unless the registry has it. */
  uploadBlob(repository: ImageRepository, blob: BlobSource): Promise<{ changed: boolean }>;
  /** Makes a blob of another repository of the same registry available here; false when the registry would not. */
  mountBlob(repository: ImageRepository, digest: string, from: ImageRepository): Promise<boolean>;
}

export function createRegistryClient(options: RegistryOptions): RegistryClient {
  const session = createSession(options);
  return {
    resolve: (image) => resolve(session, image),
    getManifest: (image) => getManifest(session, image),
    putManifest: (repository, manifest, tag) => putManifest(session, repository, manifest, tag),
    retag: (repository, digest, tag) => retag(session, repository, digest, tag),
    listTags: (repository) => listTags(session, repository),
    readImageConfig: (image, platform) => readImageConfig(session, image, platform),
    hasBlob: (repository, digest) => hasBlob(session, repository, digest),
    openBlob: (repository, digest) => openBlob(session, repository, digest),
    readBlob: (repository, digest, limitBytes) => readBlob(session, repository, digest, limitBytes),
    uploadBlob: (repository, blob) => uploadBlob(session, repository, blob),
    mountBlob: (repository, digest, from) => mountBlob(session, repository, digest, from),
  };
}
