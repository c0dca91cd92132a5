import type { YamlPath } from '@luban-ci/yaml-text';
import type { VersionParts } from '../image-version.ts';
import type { KustomizeImage } from '../kustomization.ts';
import type { ImagePlace, PlaceChanges, WantedVersion } from './image-place.ts';
import { wantedParts } from './wanted-parts.ts';

/** The part of an edit that says what an entry has to be. */
export interface WantedEntry extends WantedVersion {
  newName?: string | undefined;
  /** Keep a foreign `newName` on the first deployment too, where it would count as a placeholder. */
  keepAlias: boolean;
  firstDeployment: boolean;
}

/** Where the list of images stands: `['images']`, or `['spec', 'images']` of a Flux Kustomization. */
export interface ImageList {
  images: readonly KustomizeImage[];
  path: YamlPath;
  document: number;
}

/**
 * Every entry of the image.
 *
 * With tag and digest both set, kustomize from 4.5.3 on renders `name:tag@digest` (kubernetes-sigs/kustomize#4406): the
 * digest decides what runs and the tag stays readable.
 */
export function kustomizePlaces({ images, path, document }: ImageList, wanted: WantedEntry): ImagePlace[] {
  return positionsOf(images, wanted.image).map((at): ImagePlace => {
    const entry = images[at];
    const found = versionOf(entry);
    const here = [...path, at];
    return { layout: 'kustomize', document, path: here, found, changes: changesOf(entry, found, here, wanted) };
  });
}

/** The name of the entry that is the image: its own, unless an entry renames a shorter one to it. */
export function entryNameOf(images: readonly KustomizeImage[], image: string): string {
  return images[positionsOf(images, image)[0] ?? -1]?.name ?? image;
}

export function isListed(images: readonly KustomizeImage[], image: string): boolean {
  return positionsOf(images, image).length > 0;
}

/** Every entry of that name: kustomize applies them one after another, so that all have to say the same. */
function positionsOf(images: readonly KustomizeImage[], image: string): number[] {
  const where = (matches: (each: KustomizeImage) => boolean): number[] =>
    images.flatMap((each, at) => (matches(each) ? [at] : []));
  const named = where(({ name }) => name === image);
  return named.length > 0 ? named : where(({ newName }) => newName === image);
}

function versionOf(entry: KustomizeImage | undefined): VersionParts {
  const { newTag: tag, digest } = entry ?? {};
  return { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function changesOf(
  entry: KustomizeImage | undefined,
  found: VersionParts,
  path: YamlPath,
  wanted: WantedEntry,
): PlaceChanges {
  const parts = wantedParts(found, wanted);
  const newName = wanted.newName ?? aliasAfter(entry, wanted);
  const lines = Object.entries({ newName, newTag: parts.tag, digest: parts.digest });
  const isThere = (key: string): boolean => entry !== undefined && key in entry;
  return {
    set: lines.flatMap(([key, value]) =>
      value !== undefined && isThere(key) ? [{ path: [...path, key], value }] : [],
    ),
    insert: lines.flatMap(([key, value]) => (value !== undefined && !isThere(key) ? [{ path, key, value }] : [])),
    remove: lines.flatMap(([key, value]) => (value === undefined ? [[...path, key]] : [])),
  };
}

/**
 * A scaffold lists the application's full image name with a `newName` that points at a placeholder image. The first
 * deployment takes that alias away: what was deployed has to be what runs. Short names (`app` → `registry/team/app`)
 * have their `newName` for good.
 */
function aliasAfter(entry: KustomizeImage | undefined, wanted: WantedEntry): string | undefined {
  const alias = entry?.newName;
  if (alias === undefined || !wanted.firstDeployment || wanted.keepAlias) return alias;
  const isPlaceholder = entry?.name === wanted.image && alias !== wanted.image && wanted.image.includes('/');
  return isPlaceholder ? undefined : alias;
}
