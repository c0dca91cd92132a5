export { definitionName, type SchemaNode, schemaDefinitions } from './definitions.ts';
export { type SchemaProblem, showPath } from './explain-error.ts';
export { isManifestKind, type ManifestByKind, type ManifestKind, manifestKinds } from './manifest.ts';
export { nearestName } from './nearest-name.ts';
export { createManifestReader, type ManifestReader } from './read-manifest.ts';
export type * from './types.generated.ts';
export { createValidators, type Validators } from './validators.ts';
