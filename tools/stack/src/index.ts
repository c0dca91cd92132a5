export { type BuilderContext, makeBuilderContext } from './build-builder.ts';
export { type ImageNames, imageNames } from './image-names.ts';
export { kpackManifests } from './kpack-manifests.ts';
export { readVersions, type Versions } from './versions.ts';
