export type { BlobSource, OpenedBlob } from './blobs.ts';
export {
  anonymous,
  type CredentialLookup,
  credentialsFromDockerConfig,
  type RegistryCredentials,
} from './credentials.ts';
export { digestOf, isDigest } from './digest.ts';
export {
  Descriptor,
  ImageConfig,
  ImageIndex,
  ImageManifest,
  mediaTypes,
  Platform,
  pickPlatform,
  type StoredManifest,
} from './manifest.ts';
export {
  formatReference,
  type ImageReference,
  type ImageRepository,
  parseReference,
  parseRepository,
} from './reference.ts';
export { createRegistryClient, type RegistryClient } from './registry-client.ts';
export type { RegistryOptions } from './session.ts';
export { isTag, longestTag, safeTag } from './tag.ts';
