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
export { formatPlatform, parsePlatform } from './versions/platforms-of.ts';
export { selectTag, type TagReader, type TagRequest, type TagSelection } from './versions/select-tag.ts';
export { compareVersions, parseVersion, type SemanticVersion } from './versions/semantic-version.ts';
export { createTagFilter, type TagFilter } from './versions/tag-filter.ts';
export type { Direction } from './versions/tag-order.ts';
export { type NamePolicy, rankByPolicy, type TagPolicy } from './versions/tag-policy.ts';
export { parseRange, type VersionRange } from './versions/version-range.ts';
