import { StepError } from '@luban-ci/core';
import type { YamlPath } from '@luban-ci/yaml-text';
import { hasComputedVersion, isSameImage, parseImageReference } from '../image-reference.ts';
import { referenceOf } from '../image-version.ts';
import { embeddedValuesPlaces } from './embedded-values-places.ts';
import { type DocumentView, formatPath, type ImagePlace, isRecord, textIn, type WantedVersion } from './image-place.ts';
import { computedVersion } from './reference-place.ts';
import { valuesPlaces } from './values-places.ts';
import { wantedParts } from './wanted-parts.ts';

/** A source of an Application, or the overrides of one in a file `.argocd-source.yaml`. */
export interface ApplicationSource {
  path: YamlPath;
  source: Record<string, unknown>;
}

/** The sources of an Application or an ApplicationSet, one or many, in the order in which they stand. */
export function sourcesOf(data: unknown): ApplicationSource[] {
  const spec = isRecord(data) ? data['spec'] : undefined;
  if (!isRecord(spec)) return [];
  const isSet = isRecord(data) && data['kind'] === 'ApplicationSet';
  const template = isSet && isRecord(spec['template']) ? spec['template']['spec'] : undefined;
  const [base, owner]: [YamlPath, unknown] = isSet ? [['spec', 'template', 'spec'], template] : [['spec'], spec];
  if (!isRecord(owner)) return [];
  const single = isRecord(owner['source']) ? [{ path: [...base, 'source'], source: owner['source'] }] : [];
  const many = Array.isArray(owner['sources']) ? owner['sources'] : [];
  return [
    ...single,
    ...many.flatMap((source, at) => (isRecord(source) ? [{ path: [...base, 'sources', at], source }] : [])),
  ];
}

/** What an Application overrides of the image: kustomize images, Helm parameters, and values in both their forms. */
export function sourcePlaces(
  view: DocumentView,
  { path, source }: ApplicationSource,
  wanted: WantedVersion,
): ImagePlace[] {
  const { kustomize, helm } = source;
  const images = isRecord(kustomize) && Array.isArray(kustomize['images']) ? kustomize['images'] : [];
  const overrides = images.flatMap((text, at) =>
    overridePlace(view, [...path, 'kustomize', 'images', at], text, wanted),
  );
  return [...overrides, ...(isRecord(helm) ? helmPlaces(view, helm, [...path, 'helm'], wanted) : [])];
}

/** `image:tag`, or `name=image:tag` where another image stands in for it: the form of `kustomize edit set image`. */
function overridePlace(view: DocumentView, path: YamlPath, text: unknown, wanted: WantedVersion): ImagePlace[] {
  if (typeof text !== 'string') return [];
  const [first = '', second] = text.split('=');
  const target = second ?? first;
  if (hasComputedVersion(target, wanted.image)) throw computedVersion(view, path, text);
  const reference = parseImageReference(target);
  if (reference === undefined) return [];
  const isNamed = [reference.name, ...(second === undefined ? [] : [first])].some((name) =>
    isSameImage(name, wanted.image),
  );
  if (!isNamed) return [];
  const { name, ...found } = reference;
  const value = `${second === undefined ? '' : `${first}=`}${referenceOf(name, wantedParts(found, wanted))}`;
  return [{ layout: 'argocd', document: view.document, path, found, changes: { set: [{ path, value }] } }];
}

function helmPlaces(
  view: DocumentView,
  helm: Record<string, unknown>,
  path: YamlPath,
  wanted: WantedVersion,
): ImagePlace[] {
  const places = [
    ...parameterPlaces(view, helm['parameters'], [...path, 'parameters'], wanted),
    ...valuesPlaces(view, helm['valuesObject'], [...path, 'valuesObject'], wanted),
    ...embeddedValuesPlaces(view, helm['values'], [...path, 'values'], wanted),
  ];
  return places.map((place) => ({ ...place, layout: 'argocd' }));
}

/** Parameters `a.image.repository` and `a.image.tag` are one image, or `a.image` is a whole reference. */
function parameterPlaces(view: DocumentView, parameters: unknown, path: YamlPath, wanted: WantedVersion): ImagePlace[] {
  if (!Array.isArray(parameters)) return [];
  const all = parameters.flatMap((each, at) => {
    const [name, value] = isRecord(each) ? [textIn(each, 'name'), textIn(each, 'value')] : [];
    return name === undefined ? [] : [{ name, value, path: [...path, at, 'value'] }];
  });
  const groups = new Map<string, Record<string, { value: string | undefined; path: YamlPath }>>();
  for (const { name, ...rest } of all) {
    const dot = name.lastIndexOf('.');
    const group = groups.get(name.slice(0, Math.max(0, dot))) ?? {};
    groups.set(name.slice(0, Math.max(0, dot)), { ...group, [name.slice(dot + 1)]: rest });
  }
  return [...groups].flatMap(([prefix, group]) => placesOfGroup(view, prefix, group, wanted));
}

/** The group as a map of values, its places then led back to the parameters. */
function placesOfGroup(
  view: DocumentView,
  prefix: string,
  group: Record<string, { value: string | undefined; path: YamlPath }>,
  wanted: WantedVersion,
): ImagePlace[] {
  const own = prefix.slice(prefix.lastIndexOf('.') + 1) || 'image';
  const values = Object.fromEntries(Object.entries(group).map(([key, { value }]) => [key, value ?? '']));
  return valuesPlaces(view, { [own]: values }, [], wanted).map((place) => {
    const back = (path: YamlPath): YamlPath => group[String(path.at(-1))]?.path ?? path;
    const set = (place.changes.set ?? []).map(({ path, value }) => ({ path: back(path), value }));
    const missing = (place.changes.insert ?? []).map(({ key }) => `${prefix}.${key}`);
    if (missing.length > 0) throw noParameter(view, back(place.path), missing);
    return { ...place, path: back(place.path), changes: { ...place.changes, set } };
  });
}

/** A parameter that is not there overrides nothing: the chart decides the version, and a new one could clash with it. */
function noParameter({ yaml }: DocumentView, path: YamlPath, names: readonly string[]): StepError {
  return new StepError(`${yaml.file} has no parameter ${names.join(', ')} beside ${formatPath(path)}`, {
    hint: 'Add it to the parameters of the source once, then run again.',
  });
}
