import { StepError } from '@luban-ci/core';
import type { YamlPath } from '@luban-ci/yaml-text';
import { hasComputedVersion, isSameImage, parseImageReference } from '../image-reference.ts';
import type { VersionParts } from '../image-version.ts';
import { type DocumentView, formatPath, type ImagePlace, isRecord, textIn, type WantedVersion } from './image-place.ts';
import { computedVersion, referencePlace } from './reference-place.ts';
import { wantedParts } from './wanted-parts.ts';

type Values = Record<string, unknown>;

/** How charts call the parts of an image; the first that is there counts. */
const nameKeys = ['repository', 'image', 'name'];
const registryKeys = ['registry', 'hub'];
const tagKeys = ['tag', 'imageTag'];
const digestKeys = ['digest', 'imageDigest', 'sha', 'sha256'];

/**
 * Images in the values of a Helm chart, below `path` at any depth: a map with `repository` (and `registry`), `tag` and
 * `digest`, or one reference under a key that ends in `image`. No chart has to say how it calls them, so these are the
 * habits of the charts that are used most.
 */
export function valuesPlaces(view: DocumentView, data: unknown, path: YamlPath, wanted: WantedVersion): ImagePlace[] {
  const global = isRecord(data) && isRecord(data['global']) ? textIn(data['global'], 'imageRegistry') : undefined;
  return placesBelow({ view, wanted, registry: global }, data, path);
}

/**
 * The image at one path of a values file: a map with its parts, or a reference.
 *
 * @throws StepError when there is neither, or when it is another image
 */
export function valuesPlaceAt(view: DocumentView, data: unknown, path: YamlPath, wanted: WantedVersion): ImagePlace {
  const search: Search = { view, wanted, registry: undefined };
  const [place] = isRecord(data)
    ? placesOfMap(search, data, path, true)
    : referencePlace('helm', view, path, data, wanted);
  if (place !== undefined) return place;
  throw new StepError(`${view.yaml.file} does not name the image ${wanted.image} as ${formatPath(path)}`);
}

interface Search {
  view: DocumentView;
  wanted: WantedVersion;
  /** A registry that the chart puts before every repository. */
  registry: string | undefined;
}

function placesBelow(search: Search, data: unknown, path: YamlPath): ImagePlace[] {
  if (Array.isArray(data)) {
    return data.flatMap((item, at) => [
      ...(isListOfImages(path) && hasVersion(item)
        ? referencePlace('helm', search.view, [...path, at], item, search.wanted)
        : []),
      ...placesBelow(search, item, [...path, at]),
    ]);
  }
  if (!isRecord(data)) return [];
  const own = placesOfMap(search, data, path, isImageKey(path.at(-1)));
  const taken = new Set(own.map((place) => String(place.path.at(-1))));
  const references = Object.entries(data)
    .filter(
      ([key, value]) =>
        !taken.has(key) && (isImageKey(key) || (hasVersion(value) && (isListOfImages(path) || key === 'repository'))),
    )
    .flatMap(([key, value]) => referencePlace('helm', search.view, [...path, key], value, search.wanted));
  const below = Object.entries(data).flatMap(([key, value]) => placesBelow(search, value, [...path, key]));
  return [...own, ...references, ...below];
}

/** A bare name may be the name of anything, where its key does not say that it is an image. */
function hasVersion(value: unknown): boolean {
  const { tag, digest } = parseImageReference(String(value)) ?? {};
  return tag !== undefined || digest !== undefined;
}

/** `images: [reference]`, `images: {a: reference}` and `images: {tags: {a: reference}}`. */
function isListOfImages(path: YamlPath): boolean {
  return isImageKey(path.at(-1), 's') || (path.at(-1) === 'tags' && isImageKey(path.at(-2), 's'));
}

function isImageKey(key: string | number | undefined, plural = ''): boolean {
  return typeof key === 'string' && new RegExp(`image${plural}$`, 'i').test(key);
}

/** A map that names an image in parts. Without a tag or a digest beside it, only its own name makes a map an image. */
function placesOfMap(search: Search, map: Values, path: YamlPath, isImage: boolean): ImagePlace[] {
  const { view, wanted } = search;
  refuseMerge(search, map, path);
  const nameKey = nameKeys.find((key) => namesImage(search, map, key));
  if (nameKey === undefined) return [];
  const tagKey = [...tagKeys, ...(isImage ? ['version'] : [])].find((key) => Object.hasOwn(map, key));
  const digestKey = digestKeys.find((key) => Object.hasOwn(map, key));
  const isVersioned = tagKey !== undefined || digestKey !== undefined;
  if (!isVersioned && !(isImage && nameKey === 'repository')) return [];
  const place = { view, path, map, tagKey, digestKey };
  for (const key of [tagKey, digestKey]) {
    const text = key === undefined ? undefined : textIn(map, key);
    if (text !== undefined && hasComputedVersion(`${wanted.image}:${text}`, wanted.image)) {
      throw computedVersion(view, [...path, key ?? ''], text);
    }
  }
  const found = foundIn(place);
  const changes = changesOf(place, found, wanted);
  return [{ layout: 'helm', document: view.document, path: [...path, nameKey], found, changes }];
}

function namesImage({ wanted, registry }: Search, map: Values, key: string): boolean {
  const repository = textIn(map, key);
  if (repository === undefined || parseImageReference(repository)?.name !== repository) return false;
  const own = registryKeys.map((each) => textIn(map, each)).find((each) => each !== undefined);
  const full = [own, registry].flatMap((host) => (host === undefined ? [] : [`${host}/${repository}`]));
  const names = own === undefined ? [repository, ...full] : full;
  const below = key === 'repository' ? [textIn(map, 'name'), textIn(map, 'image')] : [];
  const joined = names.flatMap((name) => below.flatMap((part) => (part === undefined ? [] : [`${name}/${part}`])));
  return [...names, ...joined].some((name) => isSameImage(name, wanted.image));
}

/**
 * A merge key may take the name from one place and the version from another. It is no matter where the map has all of it
 * itself, or nothing; between the two, whose version it is cannot be told.
 */
function refuseMerge(search: Search, map: Values, path: YamlPath): void {
  if (!Object.hasOwn(map, '<<')) return;
  const merged = mergedInto(map);
  const whole = { ...merged, ...map };
  if (![merged, whole].some((each) => nameKeys.some((key) => namesImage(search, each, key)))) return;
  const hasOwn = (keys: readonly string[]): boolean => keys.some((key) => Object.hasOwn(map, key));
  const isDigestOwn = hasOwn(digestKeys) || !digestKeys.some((key) => Object.hasOwn(whole, key));
  const hasAll = hasOwn(nameKeys) && hasOwn(tagKeys) && isDigestOwn;
  if (hasAll || !hasOwn([...nameKeys, ...registryKeys, ...tagKeys, ...digestKeys])) return;
  throw new StepError(
    `${search.view.yaml.file} merges other values into the image ${formatPath(path)}, so its version may stand elsewhere`,
    { hint: 'Write repository and tag of this image out, then run again.' },
  );
}

function mergedInto(map: Values): Values {
  const sources = [map['<<']].flat().filter(isRecord);
  return Object.assign({}, ...sources.toReversed().map((source) => ({ ...mergedInto(source), ...source })));
}

interface PlaceInMap {
  view: DocumentView;
  path: YamlPath;
  map: Values;
  tagKey: string | undefined;
  digestKey: string | undefined;
}

/** Some charts have no digest, and people write `tag: 1.0@sha256:…` instead. */
function foundIn({ map, tagKey, digestKey }: PlaceInMap): VersionParts {
  const [tag, inTag] = (tagKey === undefined ? '' : (textIn(map, tagKey) ?? '')).split('@');
  const digest = (digestKey === undefined ? undefined : textIn(map, digestKey)) ?? inTag;
  return { ...(tag ? { tag } : {}), ...(digest === undefined ? {} : { digest: withAlgorithm(digest) }) };
}

function changesOf(place: PlaceInMap, found: VersionParts, wanted: WantedVersion): ImagePlace['changes'] {
  const { map, path, tagKey, digestKey } = place;
  const parts = wantedParts(found, wanted);
  const tagText = tagKey === undefined ? undefined : textIn(map, tagKey);
  const isCombined = digestKey === undefined && tagText?.includes('@') === true;
  const tag = isCombined && parts.digest !== undefined ? `${parts.tag ?? found.tag ?? ''}@${parts.digest}` : parts.tag;
  if (parts.digest !== undefined && digestKey === undefined && !isCombined && parts.tag === undefined) {
    throw new StepError(`${place.view.yaml.file} has no digest as ${formatPath(path)}, so it cannot be set there`, {
      hint: 'Give the tag as well, or add the key that this chart reads the digest from.',
    });
  }
  const set = [
    ...(tagKey === undefined || tag === undefined ? [] : [{ path: [...path, tagKey], value: tag }]),
    ...digestChange(place, parts),
  ];
  const insert = tagKey === undefined && tag !== undefined ? [{ path, key: 'tag', value: tag }] : [];
  const isLeftOut = parts.digest !== undefined && digestKey === undefined && !isCombined;
  const note = `${place.view.yaml.file} has no key for the digest of ${wanted.image}; the tag alone is set`;
  return { set, insert, ...(isLeftOut ? { note } : {}) };
}

/** A digest that is not asked for is emptied, not removed: a line less could uncover one of the chart's own. */
function digestChange(
  { map, path, digestKey }: PlaceInMap,
  { digest }: VersionParts,
): { path: YamlPath; value: string }[] {
  if (digestKey === undefined) return [];
  const text = textIn(map, digestKey);
  if (digest === undefined) return text === undefined ? [] : [{ path: [...path, digestKey], value: '' }];
  const isBare = digestKey.startsWith('sha') && !(text ?? '').includes(':');
  return [{ path: [...path, digestKey], value: isBare ? digest.replace(/^sha256:/, '') : digest }];
}

function withAlgorithm(digest: string): string {
  return digest.includes(':') ? digest : `sha256:${digest}`;
}
