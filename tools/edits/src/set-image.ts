import { InputError } from '@luban-ci/core';
import { parseYaml } from '@luban-ci/yaml-text';
import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { type Files, type RepositoryFile, textFile, textOf } from './files.ts';
import { applyPlaces } from './image-places/apply-places.ts';
import { layouts } from './image-places/image-place.ts';
import { entryNameOf } from './image-places/kustomize-places.ts';
import { placesIn, type Search } from './image-places/places-in.ts';
import { mayCarry } from './image-reference.ts';
import { ImageName, ImageVersion, referenceOf } from './image-version.ts';
import { isKustomizationName, pathIn, readImages } from './kustomization.ts';
import { lazySchema } from './lazy-schema.ts';
import { recordName } from './record.ts';
import { changeRecorded, type Recording } from './recording.ts';
import { folderOf, RepositoryPath } from './repository-path.ts';

/** Sets one image in files of one folder, wherever and in whatever layout they name it. */
export const SetImage = lazySchema(() =>
  z.object({
    kind: z.literal('set-image'),
    version: z.literal(1),
    paths: z
      .array(RepositoryPath())
      .min(1)
      .refine(
        (paths) => new Set(paths.map(folderOf)).size === 1,
        'expected files of one folder, which share one record',
      ),
    image: ImageName(),
    to: ImageVersion(),
    layouts: z.array(z.enum(layouts)).default([...layouts]),
    /** Flux policies, as `namespace:name`, whose markers are set as well. */
    policies: z.array(z.string()).default([]),
    /** With tag and digest given: write both, or only those that a place has. */
    pin: z.enum(['always', 'as-listed']).default('as-listed'),
    /** What to do where no file names the image. */
    whenAbsent: z.enum(['skip', 'refuse']).default('refuse'),
  }),
);
export type SetImage = z.infer<ReturnType<typeof SetImage>> & Recording;

export const setImage: EditKind<SetImage> = {
  schema: SetImage,
  isRecorded: true,
  pathsOf: ({ paths }) => [...paths, pathIn(folderOf(paths[0] ?? ''), recordName)],
  apply: applySetImage,
  imagesOf: ({ image, to }) => [referenceOf(image, to)],
};

/** @throws InputError when no file names the image; StepError when a file cannot be read or edited safely */
function applySetImage(edit: SetImage, files: Files): EditOutcome {
  const edited = edit.paths.flatMap((path) => editedFile(path, files.get(path), [edit]));
  if (edited.length === 0) return absent(edit);
  const folder = folderOf(edit.paths[0] ?? '');
  const about = { path: pathIn(folder, recordName), name: nameInRecord(edit, files), to: edit.to };
  return changeRecorded(files, about, edit, () => ({
    changes: new Map(edited.filter(({ isChanged }) => isChanged).map(({ path, file }) => [path, file])),
    notes: edited.flatMap(({ notes }) => notes),
  }));
}

interface EditedFile {
  path: string;
  file: RepositoryFile;
  isChanged: boolean;
  notes: string[];
}

/** The file with those versions, and what is to say of it; nothing where it names none of the images. */
export function editedFile(path: string, file: RepositoryFile | undefined, searches: readonly Search[]): EditedFile[] {
  if (file === undefined) return [];
  const text = textOf(file, path);
  const promising = searches.filter(({ image, policies }) => policies.length > 0 || mayCarry(text, image));
  if (promising.length === 0) return [];
  const yaml = parseYaml(text, path);
  const places = placesIn(yaml, promising);
  if (places.length === 0) return [];
  const after = applyPlaces(yaml, places).text;
  const notes = places.flatMap(({ changes }) => (changes.note === undefined ? [] : [changes.note]));
  return [{ path, file: textFile(after, file.executable), isChanged: after !== text, notes }];
}

function absent(edit: SetImage): EditOutcome {
  const said = `${edit.paths.join(', ')} ${edit.paths.length === 1 ? 'does' : 'do'} not name the image ${edit.image}`;
  if (edit.whenAbsent === 'skip') return { outcome: 'unchanged', why: 'same content', notes: [said] };
  throw new InputError(said, [{ field: 'image', expected: 'expected an image that one of the files names' }]);
}

/** As a deployment calls it that edits the kustomization among the files, so that both keep one record. */
function nameInRecord({ paths, image }: SetImage, files: Files): string {
  const path = paths.find((each) => isKustomizationName(each.slice(each.lastIndexOf('/') + 1)));
  const file = path === undefined ? undefined : files.get(path);
  return path === undefined || file === undefined ? image : entryNameOf(readImages(textOf(file, path), path), image);
}
