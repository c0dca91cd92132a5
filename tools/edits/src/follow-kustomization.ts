import { posix } from 'node:path';
import { dataOf } from '@luban-ci/yaml-text';
import { type Files, fileAt, textOf } from './files.ts';
import { isRecord } from './image-places/image-place.ts';
import { kustomizationIn, kustomizationPaths, parseKustomization } from './kustomization.ts';

/** What a kustomization is made of, as far as it lies in the same repository. */
export interface FollowedKustomization {
  /** Folders of the kustomizations, the first one included, in the order in which they are reached. */
  folders: string[];
  /** Every file that they use: themselves, their resources and their patches. */
  files: string[];
}

/**
 * Follows `resources`, `components`, `bases` and the files of patches from one folder. What is remote, or not among the
 * files, is left out.
 *
 * @throws InputError when the folder has no kustomization; StepError when one of them cannot be read
 */
export function followKustomization(files: Files, folder: string): FollowedKustomization {
  const [folders, found] = [new Set<string>(), new Set<string>()];
  const queue = [folder];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    if (folders.has(next)) continue;
    folders.add(next);
    const path = kustomizationIn(files, next);
    found.add(path);
    const { yaml } = parseKustomization(textOf(fileAt(files, path), path), path);
    for (const entry of entriesOf(dataOf(yaml))) {
      const target = posix.normalize(posix.join(next, entry)).replace(/\/$/, '').replace(/^\.$/, '');
      if (files.has(target)) found.add(target);
      else if (kustomizationPaths(target).some((each) => files.has(each))) queue.push(target);
    }
  }
  return { folders: [...folders], files: [...found] };
}

/** Paths relative to the kustomization; an address is no path. */
function entriesOf(data: unknown): string[] {
  if (!isRecord(data)) return [];
  const listed = ['resources', 'components', 'bases', 'patchesStrategicMerge'].flatMap((key) => data[key] ?? []);
  const patches = [data['patches'] ?? []].flat().map((patch) => (isRecord(patch) ? patch['path'] : undefined));
  return [...listed, ...patches].filter((entry): entry is string => typeof entry === 'string' && !isAddress(entry));
}

function isAddress(entry: string): boolean {
  return /^[a-z+]+:\/\/|^[^/]+@[^/]+:|\?ref=|\n/.test(entry);
}
