import type { Conventions } from '@luban-ci/conventions';
import { messageOf, StepError } from '@luban-ci/core';
import { type Files, type FoundImage, type FoundPlace, findImage } from '@luban-ci/edits';
import { applicationOf } from '../environments/application-name.ts';
import { layoutWords, overlayPlace } from '../environments/overlay-place.ts';
import { folderOf } from '../environments/paths.ts';
import { shownText } from '../environments/shown-text.ts';

/** A place that names the image, and what it belongs to. */
export interface NamedImage extends FoundPlace {
  /** Without one it belongs to all of them, as a base does, or to none. */
  environment?: string;
  application: string;
  branch: string;
}

export interface BranchSearch {
  files: Files;
  branch: string;
  /** Those that this branch is of. */
  environments: readonly string[];
  image: string;
  gitopsRepoUrl: string;
}

/** Where a branch names the image. Folders of environments that have another branch do not count on this one. */
export function imagesOfBranch(
  { files, branch, environments, image, gitopsRepoUrl }: BranchSearch,
  conventions: Conventions,
): { places: NamedImage[]; notes: string[] } {
  const only = applicationOf(gitopsRepoUrl, conventions);
  const { places, notes } = findReadable(files, image);
  const named = places.flatMap((each): NamedImage[] => {
    const folder = folderOf(each.file);
    const place = overlayPlace(folder, conventions.config.environments);
    if (place === undefined) return [{ ...each, application: nameIn(folder) ?? only, branch }];
    if (!environments.includes(place.environment)) return [];
    return [{ ...each, environment: place.environment, application: place.application ?? only, branch }];
  });
  return { places: named, notes: notes.map((note) => `${branch}: ${shownText(note)}`) };
}

/** One file that nobody can read must not hide all others. */
function findReadable(files: Files, image: string): FoundImage {
  try {
    return findImage(files, image);
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    const problems = new Map([...files].flatMap(([path, file]) => problemOf(new Map([[path, file]]), image, path)));
    if (problems.size === 0) throw error;
    const found = findImage(new Map([...files].filter(([path]) => !problems.has(path))), image);
    return { ...found, notes: [...found.notes, ...problems.values()] };
  }
}

function problemOf(alone: Files, image: string, path: string): [string, string][] {
  try {
    findImage(alone, image);
    return [];
  } catch (error) {
    if (!(error instanceof StepError)) throw error;
    return [[path, `${path} names ${image} and cannot be read: ${messageOf(error)}`]];
  }
}

/** Parts of a path that are for all environments. */
const sharedWords: readonly string[] = ['base', 'bases', 'components', 'charts', 'templates', 'values'];

function nameIn(folder: string): string | undefined {
  const names = folder.split('/').filter((part) => part !== '' && !layoutWords.includes(part));
  return names.findLast((part) => !sharedWords.includes(part));
}
