import { appendItem, insertEntry, nodeAt, type YamlFile } from '@luban-ci/yaml-text';
import { applyPlaces } from './image-places/apply-places.ts';
import { kustomizePlaces, type WantedEntry } from './image-places/kustomize-places.ts';
import type { Kustomization } from './kustomization.ts';

/** The text of the kustomization with that image; it is appended where it is not listed. */
export function changeImage({ yaml, images }: Kustomization, wanted: WantedEntry): string {
  const places = kustomizePlaces({ images, path: ['images'], document: 0 }, wanted);
  return (places.length === 0 ? appended(yaml, wanted) : applyPlaces(yaml, places)).text;
}

function appended(yaml: YamlFile, wanted: WantedEntry): YamlFile {
  const { tag, digest } = wanted.to;
  const entry = { name: wanted.image, newName: wanted.newName, newTag: tag, digest };
  if (nodeAt(yaml, ['images']) === undefined) return insertEntry(yaml, [], 'images', [entry]);
  return appendItem(yaml, ['images'], entry);
}
