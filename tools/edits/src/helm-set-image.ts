import { dataOf, parseYaml } from '@luban-ci/yaml-text';
import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { changesOfText, type Files, fileAt, textOf } from './files.ts';
import { applyPlaces } from './image-places/apply-places.ts';
import { valuesPlaceAt } from './image-places/values-places.ts';
import { ImageName, ImageVersion, referenceOf } from './image-version.ts';
import { pathIn } from './kustomization.ts';
import { lazySchema } from './lazy-schema.ts';
import { recordName } from './record.ts';
import { changeRecorded, type Recording } from './recording.ts';
import { folderOf, RepositoryPath } from './repository-path.ts';
import { dataAt, locate } from './value-path.ts';

/** Sets the image at one path of a values file: a map with repository, tag and digest, or a whole reference. */
export const HelmSetImage = lazySchema(() =>
  z.object({
    kind: z.literal('helm-set-image'),
    version: z.literal(1),
    path: RepositoryPath(),
    /** Where the image stands, as people write it: `web.image`. */
    at: z.string().min(1),
    image: ImageName(),
    to: ImageVersion(),
    pin: z.enum(['always', 'as-listed']).default('as-listed'),
  }),
);
export type HelmSetImage = z.infer<ReturnType<typeof HelmSetImage>> & Recording;

export const helmSetImage: EditKind<HelmSetImage> = {
  schema: HelmSetImage,
  isRecorded: true,
  pathsOf: ({ path }) => [path, pathIn(folderOf(path), recordName)],
  apply: applyHelmSetImage,
  imagesOf: ({ image, to }) => [referenceOf(image, to)],
};

/** @throws InputError when there is no such file or path; StepError when another image stands there */
function applyHelmSetImage(edit: HelmSetImage, files: Files): EditOutcome {
  const yaml = parseYaml(textOf(fileAt(files, edit.path), edit.path), edit.path);
  const data = dataOf(yaml);
  const path = locate(data, edit.at, edit.path);
  const place = valuesPlaceAt({ yaml, document: 0, data }, dataAt(data, path), path, edit);
  const about = { path: pathIn(folderOf(edit.path), recordName), name: edit.image, to: edit.to };
  return changeRecorded(files, about, edit, () => ({
    changes: changesOfText(files, edit.path, applyPlaces(yaml, [place]).text),
    notes: place.changes.note === undefined ? [] : [place.changes.note],
  }));
}
