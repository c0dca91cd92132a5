import { dataOf, type YamlFile } from '@luban-ci/yaml-text';
import { isSameImage } from '../image-reference.ts';
import { isKustomizationName, readImagesOf } from '../kustomization.ts';
import { sourcePlaces, sourcesOf } from './argocd-places.ts';
import { containerPlaces } from './container-places.ts';
import { embeddedValuesPlaces } from './embedded-values-places.ts';
import { fluxPlaces } from './flux-places.ts';
import {
  type DocumentView,
  type ImagePlace,
  isRecord,
  type Layout,
  textIn,
  type WantedVersion,
} from './image-place.ts';
import { kustomizePlaces } from './kustomize-places.ts';
import { valuesPlaces } from './values-places.ts';

/** What to look for in a file, and how. */
export interface Search extends WantedVersion {
  layouts: readonly Layout[];
  /** Flux policies, as `namespace:name`, whose markers are set as well. */
  policies: readonly string[];
}

/**
 * Every place where a file names one of the images, in the layouts that are asked for.
 *
 * @throws StepError when a place cannot be edited safely
 */
export function placesIn(yaml: YamlFile, searches: readonly Search[]): ImagePlace[] {
  const views = yaml.documents.map((_, document): DocumentView => ({ yaml, document, data: dataOf(yaml, document) }));
  return searches.flatMap((search) => {
    const isWanted = ({ layout }: ImagePlace): boolean => search.layouts.includes(layout);
    const found = views.flatMap((view) => placesOfDocument(view, search)).filter(isWanted);
    const marked = fluxPlaces(yaml, search.policies, search).filter(isWanted);
    const taken = new Set(found.flatMap(scalarsOf));
    return [...found, ...marked.filter((place) => !scalarsOf(place).some((scalar) => taken.has(scalar)))];
  });
}

/** Two layouts may mean the same scalar and want it written differently; the one that knows what it is part of decides. */
function scalarsOf({ document, path, changes }: ImagePlace): string[] {
  return [path, ...(changes.set ?? []).map((each) => each.path)].map((each) => JSON.stringify([document, ...each]));
}

function placesOfDocument(view: DocumentView, search: Search): ImagePlace[] {
  const { data, yaml } = view;
  const name = yaml.file.slice(yaml.file.lastIndexOf('/') + 1);
  if (!isRecord(data)) return [];
  const [kind, version] = [textIn(data, 'kind'), textIn(data, 'apiVersion')];
  if (isKustomizationName(name) || version?.startsWith('kustomize.config.k8s.io/') === true) {
    return [...entriesAt(view, data, [], search), ...chartPlaces(view, data['helmCharts'], search)];
  }
  if (/^\.argocd-source.*\.ya?ml$/.test(name)) return sourcePlaces(view, { path: [], source: data }, search);
  if (kind !== undefined && version !== undefined) return objectPlaces(view, data, { kind, version }, search);
  return version === undefined || name.includes('values') ? valuesPlaces(view, data, [], search) : [];
}

/** Kubernetes objects: those that are known to hold more than containers, and all others. */
function objectPlaces(
  view: DocumentView,
  data: Record<string, unknown>,
  { kind, version }: { kind: string; version: string },
  search: Search,
): ImagePlace[] {
  const [group = ''] = version.split('/');
  const spec = isRecord(data['spec']) ? data['spec'] : {};
  if (group === 'argoproj.io' && /^Application(Set)?$/.test(kind)) {
    return sourcesOf(data).flatMap((source) => sourcePlaces(view, source, search));
  }
  if (group === 'kustomize.toolkit.fluxcd.io') return entriesAt(view, spec, ['spec'], search);
  if (group === 'helm.toolkit.fluxcd.io') return valuesPlaces(view, spec['values'], ['spec', 'values'], search);
  if (group === 'helm.cattle.io') {
    return embeddedValuesPlaces(view, spec['valuesContent'], ['spec', 'valuesContent'], search);
  }
  return containerPlaces(view, search);
}

/**
 * Entries by any spelling of the name. A placeholder alias is a matter of deployments, so that `newName` stays as it is.
 */
function entriesAt(view: DocumentView, owner: Record<string, unknown>, path: string[], search: Search): ImagePlace[] {
  const images = readImagesOf(owner['images'], view.yaml.file);
  const list = { images, path: [...path, 'images'], document: view.document };
  const known = images.flatMap(({ name, newName }) => [name, newName ?? name]);
  const spellings = new Set([search.image, ...known.filter((name) => isSameImage(name, search.image))]);
  const found = [...spellings].flatMap((image) =>
    kustomizePlaces(list, { ...search, image, keepAlias: true, firstDeployment: false }),
  );
  return [...new Map(found.map((place) => [place.path.at(-1), place])).values()];
}

/** Charts that a kustomization inflates may have values of their own. */
function chartPlaces(view: DocumentView, charts: unknown, search: Search): ImagePlace[] {
  if (!Array.isArray(charts)) return [];
  return charts.flatMap((chart, at) =>
    isRecord(chart) ? valuesPlaces(view, chart['valuesInline'], ['helmCharts', at, 'valuesInline'], search) : [],
  );
}
