import { InputError } from '@luban-ci/core';
import { parseYaml } from '@luban-ci/yaml-text';
import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { changesOfText, type Files, fileAt, textOf } from './files.ts';
import { applyPlaces } from './image-places/apply-places.ts';
import { fluxPlaces } from './image-places/flux-places.ts';
import { ImageName, ImageVersion, referenceOf } from './image-version.ts';
import { pathIn } from './kustomization.ts';
import { lazySchema } from './lazy-schema.ts';
import { recordName } from './record.ts';
import { changeRecorded, type Recording } from './recording.ts';
import { folderOf, RepositoryPath } from './repository-path.ts';

/** Sets every scalar of a file that has a marker of one Flux ImagePolicy behind it. */
export const FluxSetImage = lazySchema(() =>
  z.object({
    kind: z.literal('flux-set-image'),
    version: z.literal(1),
    path: RepositoryPath(),
    /** As the markers name it: `namespace:name`. */
    policy: z.string().regex(/^[^:\s]+:[^:\s]+$/, 'expected the policy as namespace:name'),
    image: ImageName(),
    to: ImageVersion(),
    pin: z.enum(['always', 'as-listed']).default('as-listed'),
  }),
);
export type FluxSetImage = z.infer<ReturnType<typeof FluxSetImage>> & Recording;

export const fluxSetImage: EditKind<FluxSetImage> = {
  schema: FluxSetImage,
  isRecorded: true,
  pathsOf: ({ path }) => [path, pathIn(folderOf(path), recordName)],
  apply: applyFluxSetImage,
  imagesOf: ({ image, to }) => [referenceOf(image, to)],
};

/** @throws InputError when the file has no marker of the policy; StepError when a marker wants what was not given */
function applyFluxSetImage(edit: FluxSetImage, files: Files): EditOutcome {
  const yaml = parseYaml(textOf(fileAt(files, edit.path), edit.path), edit.path);
  const places = fluxPlaces(yaml, [edit.policy], edit);
  if (places.length === 0) {
    const expected = `expected a policy that a marker in ${edit.path} names`;
    throw new InputError(`${edit.path} has no marker of the policy ${edit.policy}`, [{ field: 'policy', expected }]);
  }
  const about = { path: pathIn(folderOf(edit.path), recordName), name: edit.image, to: edit.to };
  return changeRecorded(files, about, edit, () => ({
    changes: changesOfText(files, edit.path, applyPlaces(yaml, places).text),
    notes: [],
  }));
}
