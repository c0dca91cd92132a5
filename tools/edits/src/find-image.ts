import { StepError } from '@luban-ci/core';
import { parseYaml, scalarsOf, type YamlFile } from '@luban-ci/yaml-text';
import { type Files, type RepositoryFile, textOf } from './files.ts';
import { policiesOf } from './image-places/flux-places.ts';
import { formatPath, type ImagePlace, type Layout, layouts } from './image-places/image-place.ts';
import { placesIn, type Search } from './image-places/places-in.ts';
import { isSameImage, mayCarry, parseImageReference } from './image-reference.ts';
import type { VersionParts } from './image-version.ts';
import { isKustomizationName } from './kustomization.ts';
import { folderOf } from './repository-path.ts';

/** One place where a file names an image. */
export interface FoundPlace extends VersionParts {
  file: string;
  /** Number of the document in the file; 0 is the first. */
  document: number;
  layout: Layout;
  /** As people write it: `spec.template.spec.containers[0].image`. */
  at: string;
}

/** Where an image is named in a set of files. */
export interface FoundImage {
  places: FoundPlace[];
  /** Flux policies whose markers stand behind it, as `namespace:name`. */
  policies: string[];
  /** What was left out and why, in sentences. */
  notes: string[];
}

/**
 * Finds every place that names the image, in files that are YAML or JSON by their name. A file that does not contain its
 * name is not parsed.
 *
 * @throws StepError when a file that contains it cannot be read, or a place cannot be edited safely
 */
export function findImage(files: Files, image: string, among: readonly Layout[] = layouts): FoundImage {
  const notes: string[] = [];
  const candidates = [...files].filter(([path]) => isCandidate(path, files)).sort(([a], [b]) => (a < b ? -1 : 1));
  const texts = candidates.flatMap(([path, file]) => decoded(path, file, image, notes));
  const open = (path: string, text: string): YamlFile[] => readable(path, text, image, notes);
  const marked = texts.filter(({ text }) => among.includes('flux') && text.includes('$imagepolicy'));
  const policies = [
    ...new Set(marked.flatMap(({ path, text }) => open(path, text).flatMap((yaml) => policiesOf(yaml, image)))),
  ];
  const search = { image, to: {}, pin: 'always', layouts: among, policies } as const;
  const places = texts
    .filter(({ text }) => mayCarry(text, image) || policies.some((policy) => text.includes(policy)))
    .flatMap(({ path, text }) => open(path, text).flatMap((yaml) => placesOf(yaml, search, notes).map(foundIn(path))));
  return { places, policies, notes: [...new Set([...notes, ...templatesNaming(files, image)])] };
}

/** Whether a file by that path is looked into, or says how others are to be taken. */
export function mayNameImage(path: string): boolean {
  return /\.(ya?ml|json)$/.test(path) || isKustomizationName(path.slice(path.lastIndexOf('/') + 1));
}

/** The places of a file; where a whole reference stands elsewhere, that is said, because nobody knows what it is for. */
function placesOf(yaml: YamlFile, search: Search, notes: string[]): ImagePlace[] {
  const places = placesIn(yaml, [search]);
  const known = new Set(places.flatMap(idsOf));
  for (const { path, document, text } of scalarsOf(yaml)) {
    const { name, tag, digest } = parseImageReference(text) ?? { name: '' };
    const isWhole = (tag !== undefined || digest !== undefined) && isSameImage(name, search.image);
    if (!isWhole || known.has(`${document} ${formatPath(path)}`)) continue;
    notes.push(`${yaml.file} names ${text} as ${formatPath(path)}, which was left as it is`);
  }
  return places;
}

function idsOf({ document, path, changes }: ImagePlace): string[] {
  return [path, ...(changes.set ?? []).map((each) => each.path)].map((each) => `${document} ${formatPath(each)}`);
}

function foundIn(file: string): (place: ImagePlace) => FoundPlace {
  return ({ layout, document, path, found }) => ({ file, document, layout, at: formatPath(path), ...found });
}

/** What is no text cannot be read; only where the name stands in it, that is a reason to fail. */
function decoded(path: string, file: RepositoryFile, image: string, notes: string[]): { path: string; text: string }[] {
  try {
    return [{ path, text: textOf(file, path) }];
  } catch (error) {
    if (Buffer.from(file.bytes).includes(image)) throw error;
    notes.push(`${path} was not looked into: it is not UTF-8 text`);
    return [];
  }
}

/** A file that only may contain the image is no reason to fail; one that names it in full is. */
function readable(path: string, text: string, image: string, notes: string[]): YamlFile[] {
  try {
    return [parseYaml(text, path)];
  } catch (error) {
    if (!(error instanceof StepError) || text.includes(image)) throw error;
    notes.push(`${path} was not looked into: ${error.message}`);
    return [];
  }
}

/** Files that can hold one of the layouts: no hidden ones, no charts' own files, no descriptions for other programs. */
function isCandidate(path: string, files: Files): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (isKustomizationName(name) || /^\.argocd-source.*\.ya?ml$/.test(name)) return !isHidden(folderOf(path));
  if (!/\.(ya?ml|json)$/.test(name) || isHidden(path) || isTemplate(path, files)) return false;
  return !/^(Chart\.(yaml|lock)|(docker-)?compose.*\.ya?ml|package(-lock)?\.json)$/.test(name);
}

function isHidden(path: string): boolean {
  return path.split('/').some((segment) => segment.startsWith('.') && segment !== '.');
}

/** What stands in `templates` beside a Chart.yaml is text of a template, whatever its name says. */
function isTemplate(path: string, files: Files): boolean {
  const segments = path.split('/');
  return segments.some((segment, at) => {
    return segment === 'templates' && files.has([...segments.slice(0, at), 'Chart.yaml'].join('/'));
  });
}

function templatesNaming(files: Files, image: string): string[] {
  const named = ([path, file]: [string, RepositoryFile]): boolean =>
    isTemplate(path, files) && Buffer.from(file.bytes).includes(image);
  return [...files]
    .filter(named)
    .map(([path]) => `${path} names ${image}; it is a template of a chart and was left as it is`);
}
