import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Prepared } from '../prepare.ts';
import { recipeDigest } from '../recipe-digest.ts';
import { buildahInDebian, type ImageWorkshop, preparedImage } from './build-images.ts';
import { nodeImage } from './images.ts';

/** Folders of e2e with a program that takes the place of something, in an image of the same name. */
const standIns = ['kpack-stand-in', 'harbor-stand-in'];

/** The images of the stand-ins, bundled as they are now. */
export async function standInImages(workshop: ImageWorkshop): Promise<Prepared[]> {
  return await Promise.all(standIns.map((folder) => standInImage(folder, workshop)));
}

async function standInImage(folder: string, workshop: ImageWorkshop): Promise<Prepared> {
  const name = `luban.test/${folder}:1`;
  const dockerfile = join(import.meta.dirname, 'stand-in.Dockerfile');
  const program = await bundle(join(workshop.debian.repository, 'e2e', folder, 'main.ts'));
  const digest = recipeDigest([program, await readFile(dockerfile)]);
  return preparedImage({ name, digest, seconds: 5, on: [nodeImage], make }, workshop);

  async function make(marker: string): Promise<void> {
    const context = await mkdtemp(join(workshop.cache, 'context-'));
    try {
      await writeFile(join(context, 'stand-in.mjs'), program);
      await buildahInDebian([{ name, context, dockerfile, marker }], workshop);
    } finally {
      await rm(context, { recursive: true, force: true });
    }
  }
}

async function bundle(entry: string): Promise<string> {
  const built = await rolldown({ input: entry, platform: 'node', onLog: () => {} });
  const { output } = await built.generate({ format: 'esm', codeSplitting: false });
  return output[0].code;
}
