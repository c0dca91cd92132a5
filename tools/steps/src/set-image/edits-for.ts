import { type EditInput, folderOf, type ImageVersion, type Layout, type Provenance } from '@luban-ci/edits';
import type { FoundPlaces } from './find-places.ts';

export interface WantedImage {
  image: string;
  to: ImageVersion;
  layouts: readonly Layout[];
  folder: string;
  allowDowngrade: boolean;
  provenance: Provenance;
}

/** One edit for each folder, because the files of a folder share one record. */
export function editsFor({ files, policies, appendTo }: FoundPlaces, wanted: WantedImage): EditInput[] {
  const { image, to, allowDowngrade, provenance, folder } = wanted;
  const common = { version: 1, image, to, pin: 'as-listed', record: 'where-kept', allowDowngrade, provenance } as const;
  if (appendTo !== undefined) return [{ ...common, kind: 'kustomize-set-image', folder, keepAlias: true }];
  const folders = [...new Set(files.map(folderOf))];
  return folders.map((each) => ({
    ...common,
    kind: 'set-image',
    paths: files.filter((file) => folderOf(file) === each),
    layouts: [...wanted.layouts],
    policies,
  }));
}
