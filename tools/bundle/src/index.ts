export { type Bundle, buildBundle, noticesFile } from './build-bundle.ts';
export { bundles } from './bundles.ts';
export { makeBundle } from './make-bundle.ts';
