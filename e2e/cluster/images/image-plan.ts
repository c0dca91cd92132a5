import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { recipeDigest } from '../recipe-digest.ts';
import { type ClusterImage, images } from './images.ts';

const here = fileURLToPath(new URL('.', import.meta.url));

/** An image, and what tells it from another version of itself. */
export interface PlannedImage extends ClusterImage {
  /** Absolute path of the folder with its Dockerfile. */
  source: string;
  /** The image that it is built on, where that is made here, too. */
  base?: PlannedImage;
  /** Of all that the image is made of, its base included. */
  digest: string;
}

/**
 * @param programFiles the compiled programs, by name; their paths change when they do
 * @returns the images in the order in which they are built
 */
export async function planImages(programFiles: Readonly<Record<string, string>>): Promise<PlannedImage[]> {
  const planned: PlannedImage[] = [];
  for (const image of images) {
    const source = join(here, image.folder);
    const own = await Promise.all((await readdir(source)).sort().map((name) => readFile(join(source, name), 'utf8')));
    const [, from = ''] = /^FROM (\S+)/m.exec(await readFile(join(source, 'Dockerfile'), 'utf8')) ?? [];
    const base = planned.find(({ name }) => name === from);
    const parts = [
      ...own,
      base?.digest ?? from,
      ...(image.programs ?? []).map((name) => programFiles[name] ?? ''),
      JSON.stringify(image.files ?? {}),
    ];
    planned.push({
      ...image,
      ...(base === undefined ? {} : { base }),
      source,
      digest: recipeDigest([parts.join('\n')]),
    });
  }
  return planned;
}
