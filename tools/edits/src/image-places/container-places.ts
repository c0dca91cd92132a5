import type { YamlPath } from '@luban-ci/yaml-text';
import { type DocumentView, type ImagePlace, isRecord, type WantedVersion } from './image-place.ts';
import { referencePlace } from './reference-place.ts';

const containerLists = new Set(['containers', 'initContainers', 'ephemeralContainers']);

/**
 * Containers wherever a Kubernetes object has them: in the pod of a Deployment, a CronJob or a List, and in resources of
 * others that embed a pod template. As in kustomize, the names of the lists decide, not the kind.
 */
export function containerPlaces(view: DocumentView, wanted: WantedVersion): ImagePlace[] {
  return placesBelow(view, view.data, [], wanted);
}

function placesBelow(view: DocumentView, data: unknown, path: YamlPath, wanted: WantedVersion): ImagePlace[] {
  if (Array.isArray(data)) return data.flatMap((item, at) => placesBelow(view, item, [...path, at], wanted));
  if (!isRecord(data)) return [];
  return Object.entries(data).flatMap(([key, value]) => {
    const here = [...path, key];
    const own = containerLists.has(key) && Array.isArray(value) ? imagesOf(view, value, here, wanted) : [];
    return [...own, ...placesBelow(view, value, here, wanted)];
  });
}

function imagesOf(view: DocumentView, containers: unknown[], path: YamlPath, wanted: WantedVersion): ImagePlace[] {
  return containers.flatMap((container, at) =>
    isRecord(container) ? referencePlace('manifest', view, [...path, at, 'image'], container['image'], wanted) : [],
  );
}
