import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Flavour, Versions } from './versions.ts';

/** One image of the stack. */
export interface StackImage {
  part: 'base' | 'build' | 'run';
  /** Folder with its Dockerfile, from the repository's root. */
  folder: string;
  /** Its tag is a digest of all that it is made of, its base included: another Dockerfile is another image. */
  image: string;
  /** The image that it is built on. */
  base: string;
}

const parts = ['base', 'build', 'run'] as const;

/** The images of a flavour, in the order in which they are built. */
export async function stackImages(root: string, flavour: Flavour, versions: Versions): Promise<StackImage[]> {
  const images: StackImage[] = [];
  for (const part of parts) {
    const folder = `stack/${flavour}/${part}`;
    const base = images[0]?.image ?? versions.bases[flavour];
    const text = await readFile(join(root, folder, 'Dockerfile'), 'utf8');
    const tag = createHash('sha256').update([base, versions.stack, text].join('\n')).digest('hex').slice(0, 12);
    images.push({ part, folder, base, image: `${versions.repository}/stack-${part}:${flavour}-${tag}` });
  }
  return images;
}
