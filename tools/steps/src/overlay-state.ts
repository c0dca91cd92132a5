import { InputError } from '@luban-ci/core';
import {
  type Files,
  type KustomizeImage,
  kustomizationIn,
  kustomizationPaths,
  parseRecord,
  type RecordEntry,
  readImages,
  recordName,
  textOf,
} from '@luban-ci/edits';
import type { Git } from '@luban-ci/git';

/** What an overlay says at the tip of a branch, and what is recorded beside it. */
export interface OverlayState {
  /** The tip it was read from. */
  commit: string;
  images: readonly KustomizeImage[];
  record: Readonly<Record<string, RecordEntry>>;
}

/** @throws InputError when the branch or the overlay does not exist */
export async function readOverlay(git: Git, url: string, branch: string, folder: string): Promise<OverlayState> {
  const recordPath = `${folder}/${recordName}`;
  const { commit, files } = await git.readFiles(url, `refs/heads/${branch}`, [
    ...kustomizationPaths(folder),
    recordPath,
  ]);
  const path = kustomizationIn(files, folder);
  return {
    commit,
    images: readImages(textAt(files, path) ?? '', path),
    record: parseRecord(textAt(files, recordPath), recordPath).images,
  };
}

/**
 * The entry of the application's image: of its conventional name, else the only one there is.
 *
 * @throws InputError when several could be meant
 */
export function imageEntry(state: OverlayState, image: string, folder: string): KustomizeImage {
  const [only, ...others] = state.images;
  const named = state.images.find(({ name }) => name === image) ?? (others.length === 0 ? only : undefined);
  if (named !== undefined) return named;
  const listed = state.images.map(({ name }) => name).join(', ') || 'none';
  throw new InputError(`${folder} does not list the image ${image}; it lists ${listed}`, [
    { field: 'appName', expected: 'expected an application whose image the overlay lists' },
  ]);
}

function textAt(files: Files, path: string): string | undefined {
  const file = files.get(path);
  return file === undefined ? undefined : textOf(file, path);
}
