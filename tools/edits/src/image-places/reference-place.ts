import { StepError } from '@luban-ci/core';
import type { YamlPath } from '@luban-ci/yaml-text';
import { hasComputedVersion, isSameImage, parseImageReference } from '../image-reference.ts';
import { referenceOf } from '../image-version.ts';
import { type DocumentView, formatPath, type ImagePlace, type Layout, type WantedVersion } from './image-place.ts';
import { wantedParts } from './wanted-parts.ts';

/**
 * The place of a whole reference in one scalar, if it names the image.
 *
 * @throws StepError when a template fills in its version, because then it does not stand here
 */
export function referencePlace(
  layout: Layout,
  view: DocumentView,
  path: YamlPath,
  text: unknown,
  wanted: WantedVersion,
): ImagePlace[] {
  if (typeof text !== 'string') return [];
  if (hasComputedVersion(text, wanted.image)) throw computedVersion(view, path, text);
  const reference = parseImageReference(text);
  if (reference === undefined || !isSameImage(reference.name, wanted.image)) return [];
  const { name, ...found } = reference;
  const value = referenceOf(name, wantedParts(found, wanted));
  return [{ layout, document: view.document, path, found, changes: { set: [{ path, value }] } }];
}

export function computedVersion({ yaml }: DocumentView, path: YamlPath, text: string): StepError {
  return new StepError(`${yaml.file} has a version that is filled in from elsewhere as ${formatPath(path)}: ${text}`, {
    hint: 'Set it where it comes from, or name the files that are to be edited.',
  });
}
