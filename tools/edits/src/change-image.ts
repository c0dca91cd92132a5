import { appendItem, insertEntry, nodeAt, removeEntry, setScalar, type YamlFile } from '@luban-ci/yaml-text';
import type { VersionParts } from './image-version.ts';
import type { Kustomization, KustomizeImage } from './kustomization.ts';

/** The part of a set-image edit that says what to write. */
export interface WantedImage {
  image: string;
  to: VersionParts;
  newName?: string | undefined;
  pin: 'always' | 'as-listed';
  keepAlias: boolean;
}

/**
 * The text of the kustomization with that image; it is appended where it is not listed.
 *
 * With tag and digest both set, kustomize from 4.5.3 on renders `name:tag@digest` (kubernetes-sigs/kustomize#4406): the
 * digest decides what runs and the tag stays readable. A line that is not asked for is removed, because a left-over
 * digest would win over the new tag, and a left-over tag would be a lie beside a new digest.
 */
export function changeImage({ yaml, images }: Kustomization, wanted: WantedImage, firstDeployment: boolean): string {
  const found = positionsOf(images, wanted.image);
  if (found.length === 0) return listed(yaml, wanted).text;
  return found.reduce((current, at) => changed(current, at, images[at], wanted, firstDeployment), yaml).text;
}

export function isListed(images: readonly KustomizeImage[], image: string): boolean {
  return positionsOf(images, image).length > 0;
}

/** The name of the entry that is the image: its own, unless an entry renames a shorter one to it. */
export function entryNameOf(images: readonly KustomizeImage[], image: string): string {
  return images[positionsOf(images, image)[0] ?? -1]?.name ?? image;
}

/** Every entry of that name: kustomize applies them one after another, so that all have to say the same. */
function positionsOf(images: readonly KustomizeImage[], image: string): number[] {
  const where = (matches: (each: KustomizeImage) => boolean): number[] =>
    images.flatMap((each, at) => (matches(each) ? [at] : []));
  const named = where(({ name }) => name === image);
  return named.length > 0 ? named : where(({ newName }) => newName === image);
}

function listed(yaml: YamlFile, wanted: WantedImage): YamlFile {
  const { tag, digest } = wanted.to;
  const entry = { name: wanted.image, newName: wanted.newName, newTag: tag, digest };
  if (nodeAt(yaml, ['images']) === undefined) return insertEntry(yaml, [], 'images', [entry]);
  return appendItem(yaml, ['images'], entry);
}

function changed(
  yaml: YamlFile,
  at: number,
  entry: KustomizeImage | undefined,
  wanted: WantedImage,
  firstDeployment: boolean,
): YamlFile {
  const lines = linesFor(entry, wanted);
  const renamed = wanted.newName ?? aliasAfter(entry, wanted, firstDeployment);
  const values = { newName: renamed, newTag: lines.tag, digest: lines.digest };
  const set = Object.entries(values).reduce((current, [key, value]) => {
    return value === undefined ? current : withValue(current, ['images', at], key, value);
  }, yaml);
  return Object.entries(values).reduce((current, [key, value]) => {
    return value === undefined ? removeEntry(current, ['images', at, key]) : current;
  }, set);
}

function withValue(yaml: YamlFile, entry: readonly (string | number)[], key: string, value: string): YamlFile {
  const isThere = nodeAt(yaml, [...entry, key]) !== undefined;
  return isThere ? setScalar(yaml, [...entry, key], value) : insertEntry(yaml, entry, key, value);
}

function linesFor(entry: KustomizeImage | undefined, wanted: WantedImage): VersionParts {
  const { tag, digest } = wanted.to;
  if (tag === undefined || digest === undefined || wanted.pin === 'always') return wanted.to;
  const hasDigest = entry?.digest !== undefined;
  if (hasDigest && entry.newTag === undefined) return { digest };
  return hasDigest ? { tag, digest } : { tag };
}

/**
 * A scaffold lists the application's full image name with a `newName` that points at a placeholder image. The first
 * deployment takes that alias away: what was deployed has to be what runs. Short names (`app` → `registry/team/app`)
 * have their `newName` for good.
 */
function aliasAfter(
  entry: KustomizeImage | undefined,
  wanted: WantedImage,
  firstDeployment: boolean,
): string | undefined {
  const alias = entry?.newName;
  if (alias === undefined || !firstDeployment || wanted.keepAlias) return alias;
  const isPlaceholder = entry?.name === wanted.image && alias !== wanted.image && wanted.image.includes('/');
  return isPlaceholder ? undefined : alias;
}
