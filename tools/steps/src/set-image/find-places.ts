import { InputError } from '@luban-ci/core';
import {
  type Files,
  type FoundImage,
  findImage,
  followKustomization,
  kustomizationIn,
  kustomizationPaths,
  type Layout,
} from '@luban-ci/edits';

/** Where the image is named, or where it shall be from now on. */
export interface FoundPlaces extends FoundImage {
  /** Files that are to be edited, in the order of their paths. */
  files: string[];
  /** The kustomization that shall list it, where only something outside of the folder names it. */
  appendTo: string | undefined;
}

export interface PlaceSearch {
  files: Files;
  folder: string;
  image: string;
  layouts: readonly Layout[];
}

/** Files that could name an image, and the records of deployments. */
export function isSearched(name: string): boolean {
  return /\.(ya?ml|json)$/.test(name) || name === 'Kustomization' || name === '.luban';
}

/**
 * Finds the image in the folder, else in what the folder's kustomization is made of.
 *
 * @throws InputError when nothing names it
 */
export async function findPlaces(search: PlaceSearch, everything: () => Promise<Files>): Promise<FoundPlaces> {
  const { files, folder, image, layouts } = search;
  const found = findImage(files, image, layouts);
  if (found.places.length > 0) {
    return { ...found, files: [...new Set(found.places.map(({ file }) => file))], appendTo: undefined };
  }
  const isOverlay = layouts.includes('kustomize') && kustomizationPaths(folder).some((path) => files.has(path));
  const outside = isOverlay ? findOutside(await everything(), search) : [];
  if (outside.length === 0) throw notNamed(search, found.notes);
  const path = kustomizationIn(files, folder);
  const note = `${image} is named in ${outside.join(', ')}, which others may use too; it is listed in ${path} instead`;
  return { ...found, notes: [...found.notes, note], files: [path], appendTo: path };
}

function findOutside(all: Files, { folder, image }: PlaceSearch): string[] {
  const used = followKustomization(all, folder).files;
  const files = new Map([...all].filter(([path]) => used.includes(path)));
  return [...new Set(findImage(files, image).places.map(({ file }) => file))];
}

function notNamed({ folder, image }: PlaceSearch, notes: readonly string[]): InputError {
  const hint = notes.length === 0 ? undefined : `${notes.join('; ')}.`;
  return new InputError(
    `no file in ${folder || 'the workspace'} names the image ${image}`,
    [{ field: 'image', expected: 'expected an image that a file of the folder names' }],
    { hint },
  );
}
