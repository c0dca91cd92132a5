import { type Files, kustomizationNames, type RecordEntry } from '@luban-ci/edits';
import { folderOf, nameOf } from './paths.ts';
import type { Overlay } from './read-environments.ts';

type Listing = Pick<Overlay, 'folder' | 'images' | 'record'>;

const isCarrier = (path: string): boolean =>
  /\.(?:ya?ml|json|toml)$/.test(path) && !kustomizationNames.some((name) => name === nameOf(path));

/**
 * Files beside a record that may carry what a kustomization does not list: Helm values, plain manifests, Argo CD
 * Applications. They are read only where something recorded is not listed.
 */
export function pathsBeside(overlays: readonly Listing[], paths: readonly string[]): string[] {
  const folders = new Set(overlays.filter((each) => unlisted(each).length > 0).map(({ folder }) => folder));
  return paths.filter((path) => isCarrier(path) && folders.has(folderOf(path)));
}

/** Names of recorded images that are not listed, and whose recorded tag or digest stands in a file beside the record. */
export function carriedElsewhere(overlay: Listing, files: Files): string[] {
  const names = unlisted(overlay);
  if (names.length === 0) return [];
  const texts = [...files]
    .filter(([path]) => isCarrier(path) && folderOf(path) === overlay.folder)
    .map(([, { bytes }]) => Buffer.from(bytes).toString('utf8'));
  return names.filter((name) => texts.some((text) => saysVersion(text, overlay.record[name])));
}

function unlisted({ images, record }: Listing): string[] {
  return Object.keys(record).filter((name) => images.every((each) => each.name !== name));
}

/** As a whole: `1.0.0` does not stand in `11.0.0-rc`. */
function saysVersion(text: string, entry: RecordEntry | undefined): boolean {
  return [entry?.tag, entry?.digest].some((version) => version !== undefined && standsIn(text, version));
}

function standsIn(text: string, version: string): boolean {
  for (let at = text.indexOf(version); at !== -1; at = text.indexOf(version, at + 1)) {
    const around = `${text[at - 1] ?? ''}${text[at + version.length] ?? ''}`;
    if (version !== '' && !/[\w.-]/.test(around)) return true;
  }
  return false;
}
