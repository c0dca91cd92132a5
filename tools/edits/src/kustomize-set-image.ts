import { InputError } from '@luban-ci/core';
import { z } from 'zod';
import { changeImage } from './change-image.ts';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { type Files, type RepositoryFile, textFile, textOf } from './files.ts';
import { entryNameOf, isListed } from './image-places/kustomize-places.ts';
import { ImageName, ImageVersion, referenceOf } from './image-version.ts';
import { kustomizationIn, kustomizationPaths, parseKustomization, pathIn } from './kustomization.ts';
import { lazySchema } from './lazy-schema.ts';
import { recordName } from './record.ts';
import { changeRecorded, type Recording } from './recording.ts';
import { RepositoryFolder } from './repository-path.ts';

/** Sets one image in one overlay. With a provenance it keeps the record, and never goes back to an older build. */
export const KustomizeSetImage = lazySchema(() =>
  z.object({
    kind: z.literal('kustomize-set-image'),
    version: z.literal(1),
    /** Folder of the kustomization; empty is the root. */
    folder: RepositoryFolder(),
    /** The entry's `name`; where none has it, the entry whose `newName` it is. */
    image: ImageName(),
    to: ImageVersion(),
    newName: ImageName().optional(),
    /** With tag and digest given: write both, or only those lines the entry has. A new entry always gets both. */
    pin: z.enum(['always', 'as-listed']).default('always'),
    /** What to do where the image is not listed. */
    whenAbsent: z.enum(['append', 'skip', 'refuse']).default('append'),
    /** Keep a foreign `newName` on the first deployment too, where it would count as a placeholder. */
    keepAlias: z.boolean().default(false),
  }),
);
export type KustomizeSetImage = z.infer<ReturnType<typeof KustomizeSetImage>> & Recording;

export const kustomizeSetImage: EditKind<KustomizeSetImage> = {
  schema: KustomizeSetImage,
  isRecorded: true,
  pathsOf: ({ folder }) => [...kustomizationPaths(folder), pathIn(folder, recordName)],
  apply: applyKustomizeSetImage,
  imagesOf: ({ image, newName, to }) => [referenceOf(newName ?? image, to)],
};

/**
 * @throws InputError when the folder has no kustomization or the image is not listed and may not be added; StepError
 * when a file cannot be understood or edited safely
 */
function applyKustomizeSetImage(edit: KustomizeSetImage, files: Files): EditOutcome {
  const path = kustomizationIn(files, edit.folder);
  const file = files.get(path) as RepositoryFile;
  const text = textOf(file, path);
  if (!mayList(text, edit.image) && edit.whenAbsent !== 'append') return absent(edit, path);
  const kustomization = parseKustomization(text, path);
  if (edit.whenAbsent !== 'append' && !isListed(kustomization.images, edit.image)) return absent(edit, path);
  const name = entryNameOf(kustomization.images, edit.image);
  const about = { path: pathIn(edit.folder, recordName), name, to: edit.to };
  return changeRecorded(files, about, edit, (firstDeployment) => {
    const after = changeImage(kustomization, { ...edit, firstDeployment });
    return { changes: new Map(after === text ? [] : [[path, textFile(after, file.executable)]]), notes: [] };
  });
}

/** A name that is not among the bytes cannot be listed, unless an escape hides it. */
function mayList(text: string, image: string): boolean {
  return text.includes(image) || text.includes('\\');
}

function absent(edit: KustomizeSetImage, path: string): EditOutcome {
  const said = `${path} does not list the image ${edit.image}`;
  if (edit.whenAbsent === 'skip') return { outcome: 'unchanged', why: 'same content', notes: [said] };
  throw new InputError(said, [{ field: 'image', expected: `expected the name of an entry of images in ${path}` }]);
}
