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
import { overlayPlace } from './overlay-place.ts';

/** One application in one environment, as its folder says at the tip. */
export interface Overlay {
  environment: string;
  application: string;
  folder: string;
  /** Path of the kustomization, where there is one. */
  path: string | undefined;
  images: readonly KustomizeImage[];
  record: Readonly<Record<string, RecordEntry>>;
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

/** Reads environments of a repository, in their order: each branch once, and of it only what says what runs. */
export async function readEnvironments(
  git: Git,
  url: string,
  environments: readonly string[],
  conventions: Conventions,
): Promise<EnvironmentState[]> {
  const branches = new Set(environments.map(conventions.branchOf));
  const repositoryApplication = applicationOf(url, conventions);
  const read = new Map<string, { commit: string; files: Files } | undefined>();
  for (const branch of branches) {
    const here = environments.filter((each) => conventions.branchOf(each) === branch);
    const isWanted = (path: string): boolean =>
      wantedNames.includes(nameOf(path)) && placeIn(folderOf(path), here, conventions) !== undefined;
    read.set(branch, await git.findFiles(url, branch, isWanted));
  }
  return environments.map((environment) => {
    const branch = conventions.branchOf(environment);
    const found = read.get(branch);
    const overlays = overlaysOf(found?.files ?? new Map(), conventions)
      .filter((each) => each.environment === environment)
      .map(({ application = repositoryApplication, ...overlay }) => ({ ...overlay, application }));
    return { environment, branch, commit: found?.commit, overlays };
  });
}

/** A folder belongs to the environment that its path names, whatever branch it is on; there it counts if it is wanted. */
function placeIn(folder: string, wanted: readonly string[], { config }: Conventions): string | undefined {
  const place = overlayPlace(folder, config.environments);
  return place !== undefined && wanted.includes(place.environment) ? place.environment : undefined;
}

type FoundOverlay = Omit<Overlay, 'application'> & { application: string | undefined };

/** By folder; one that lists no image and records none says nothing about what runs. */
function overlaysOf(files: Files, { config }: Conventions): FoundOverlay[] {
  const folders = [...new Set([...files.keys()].map(folderOf))].sort();
  return folders.flatMap((folder) => {
    const place = overlayPlace(folder, config.environments);
    const overlay = place === undefined ? undefined : { ...place, ...contentOf(files, folder) };
    if (overlay === undefined) return [];
    const isEmpty = overlay.images.length === 0 && Object.keys(overlay.record).length === 0;
    return isEmpty && !('problem' in overlay) ? [] : [overlay];
  });
}

type Content = Omit<FoundOverlay, 'environment' | 'application'>;

/** One folder that nobody can read must not hide all others. */
function contentOf(files: Files, folder: string): Content {
  const paths = kustomizationNames.map((name) => inFolder(folder, name)).filter((each) => files.has(each));
  const [path] = paths;
  const recordPath = inFolder(folder, recordName);
  try {
    const images = path === undefined ? [] : readImages(textAt(files, path) ?? '', path);
    const record = parseRecord(textAt(files, recordPath), recordPath).images;
    const problem = paths.length > 1 ? { problem: `${folder} has more than one kustomization` } : {};
    return { folder, path, images, record, ...problem };
  } catch (error) {
    return { folder, path, images: [], record: {}, problem: messageOf(error) };
  }
}

function textAt(files: Files, path: string): string | undefined {
  const file = files.get(path);
  return file === undefined ? undefined : textOf(file, path);
}

export function inFolder(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
