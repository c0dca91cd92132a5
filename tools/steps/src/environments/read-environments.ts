import type { Conventions } from '@luban-ci/conventions';
import { messageOf } from '@luban-ci/core';
import {
  type Files,
  type KustomizeImage,
  kustomizationNames,
  parseRecord,
  type RecordEntry,
  readImages,
  recordName,
  textOf,
} from '@luban-ci/edits';
import type { Git } from '@luban-ci/git';
import { applicationOf } from './application-name.ts';
import { carriedElsewhere, pathsBeside } from './carried-elsewhere.ts';
import { overlayPlace } from './overlay-place.ts';
import { folderOf, inFolder, nameOf } from './paths.ts';

/** One application in one environment, as its folder says at the tip. */
export interface Overlay {
  environment: string;
  application: string;
  folder: string;
  images: readonly KustomizeImage[];
  record: Readonly<Record<string, RecordEntry>>;
  /** Recorded images that the kustomization does not list, but whose version stands in another file of the folder. */
  elsewhere: readonly string[];
  /** Why it cannot be understood; then `images` and `record` are empty. */
  problem?: string;
}

/** An environment of one repository. */
export interface EnvironmentState {
  environment: string;
  branch: string;
  /** The tip that it was read from; `undefined` when there is no such branch. */
  commit: string | undefined;
  overlays: readonly Overlay[];
}

const wantedNames: readonly string[] = [...kustomizationNames, recordName];

/** What of a repository is looked at. */
export interface EnvironmentsWanted {
  environments: readonly string[];
  /** By default every one. */
  application?: string | undefined;
}

/** Reads environments of a repository, in their order: each branch once, and of it only what says what runs. */
export async function readEnvironments(
  git: Git,
  url: string,
  { environments, application }: EnvironmentsWanted,
  conventions: Conventions,
): Promise<EnvironmentState[]> {
  const only = applicationOf(url, conventions);
  const placeOf = (folder: string): Place | undefined => {
    const place = overlayPlace(folder, conventions.config.environments);
    return place === undefined ? undefined : { ...place, application: place.application ?? only };
  };
  const isWanted = (path: string, here: readonly string[]): boolean => {
    const place = wantedNames.includes(nameOf(path)) ? placeOf(folderOf(path)) : undefined;
    if (place === undefined || !here.includes(place.environment)) return false;
    return application === undefined || place.application === application;
  };
  const branches = [...new Set(environments.map(conventions.branchOf))];
  const read = branches.map(async (branch) => {
    const here = environments.filter((each) => conventions.branchOf(each) === branch);
    let overlays: Overlay[] = [];
    const found = await git.findFiles(url, branch, {
      isWanted: (path) => isWanted(path, here),
      alsoWanted: (files, paths) => {
        overlays = overlaysOf(files, placeOf);
        return pathsBeside(overlays, paths);
      },
    });
    overlays = overlays.map((each) => ({ ...each, elsewhere: carriedElsewhere(each, found?.files ?? new Map()) }));
    return here.map((environment) => {
      const own = overlays.filter((each) => each.environment === environment);
      return { environment, branch, commit: found?.commit, overlays: own };
    });
  });
  const states = new Map((await Promise.all(read)).flat().map((state) => [state.environment, state]));
  return environments.flatMap((environment) => states.get(environment) ?? []);
}

type Place = Pick<Overlay, 'environment' | 'application'>;

/** By folder; one that lists no image and records none says nothing about what runs. */
function overlaysOf(files: Files, placeOf: (folder: string) => Place | undefined): Overlay[] {
  const folders = [...new Set([...files.keys()].map(folderOf))].sort();
  return folders.flatMap((folder) => {
    const place = placeOf(folder);
    if (place === undefined) return [];
    const overlay: Overlay = { ...place, ...contentOf(files, folder) };
    const isEmpty = overlay.images.length === 0 && Object.keys(overlay.record).length === 0;
    return isEmpty && overlay.problem === undefined ? [] : [overlay];
  });
}

type Content = Omit<Overlay, keyof Place>;

/** One folder that nobody can read must not hide all others. */
function contentOf(files: Files, folder: string): Content {
  const paths = kustomizationNames.map((name) => inFolder(folder, name)).filter((each) => files.has(each));
  const [path] = paths;
  const recordPath = inFolder(folder, recordName);
  const unreadable = (problem: string): Content => ({ folder, images: [], record: {}, elsewhere: [], problem });
  if (paths.length > 1) return unreadable(`${folder} has more than one kustomization`);
  try {
    const images = path === undefined ? [] : readImages(textAt(files, path) ?? '', path);
    const record = parseRecord(textAt(files, recordPath), recordPath).images;
    return { folder, images, record, elsewhere: [] };
  } catch (error) {
    return unreadable(messageOf(error));
  }
}

function textAt(files: Files, path: string): string | undefined {
  const file = files.get(path);
  return file === undefined ? undefined : textOf(file, path);
}
