import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import type { Files } from './files.ts';
import { layouts } from './image-places/image-place.ts';
import { ImageName, ImageVersion, referenceOf } from './image-version.ts';
import { lazySchema } from './lazy-schema.ts';
import { RepositoryPath } from './repository-path.ts';
import { editedFile } from './set-image.ts';

/**
 * Sets several images in several files, each file read and checked once: for moving many at a time. It keeps no record;
 * what has to be decided image by image is a `set-image` for each.
 */
export const SetImages = lazySchema(() =>
  z.object({
    kind: z.literal('set-images'),
    version: z.literal(1),
    paths: z.array(RepositoryPath()).min(1),
    images: z.array(z.strictObject({ image: ImageName(), to: ImageVersion() })).min(1),
    layouts: z.array(z.enum(layouts)).default([...layouts]),
    pin: z.enum(['always', 'as-listed']).default('as-listed'),
  }),
);
export type SetImages = z.infer<ReturnType<typeof SetImages>>;

export const setImages: EditKind<SetImages> = {
  schema: SetImages,
  isRecorded: false,
  pathsOf: ({ paths }) => paths,
  apply: applySetImages,
  imagesOf: ({ images }) => images.map(({ image, to }) => referenceOf(image, to)),
};

/** @throws StepError when a file cannot be read or edited safely; files that name none of the images are left alone */
function applySetImages({ paths, images, layouts, pin }: SetImages, files: Files): EditOutcome {
  const searches = images.map((wanted) => ({ ...wanted, layouts, pin, policies: [] }));
  const edited = paths.flatMap((path) => editedFile(path, files.get(path), searches));
  const notes = edited.flatMap((each) => each.notes);
  const changed = edited.filter(({ isChanged }) => isChanged);
  if (changed.length === 0) return { outcome: 'unchanged', why: 'same content', notes };
  return { outcome: 'changed', changes: new Map(changed.map(({ path, file }) => [path, file])), notes };
}
