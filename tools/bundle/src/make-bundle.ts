import { join } from 'node:path';
import { type Bundle, buildBundle } from './build-bundle.ts';
import { makeContent } from './folder-content.ts';

/** Builds a bundle into its folder; files that are right are not touched. Answers the names of those that were changed. */
export async function makeBundle(root: string, bundle: Bundle): Promise<string[]> {
  return makeContent(join(root, bundle.folder), await buildBundle(root, bundle));
}
