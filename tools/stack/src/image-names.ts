import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StackImage, stackImages } from './stack-images.ts';
import type { Flavour, Versions } from './versions.ts';

/** Names of everything that is built of one flavour. */
export interface ImageNames {
  stack: readonly StackImage[];
  buildImage: string;
  runImage: string;
  lifecycle: string;
  buildpack: string;
  /** For the builder `cnb`, and for nobody else: kpack makes one of its own. */
  builder: string;
}

export async function imageNames(root: string, flavour: Flavour, versions: Versions): Promise<ImageNames> {
  const stack = await stackImages(root, flavour, versions);
  const named = (part: StackImage['part']): string => stack.find((each) => each.part === part)?.image ?? '';
  const lifecycle = `docker.io/buildpacksio/lifecycle:${versions.lifecycle}`;
  const text = await readFile(join(root, 'stack/builder/Dockerfile'), 'utf8');
  const made = [named('build'), named('run'), lifecycle, versions.buildpack, text];
  const tag = createHash('sha256').update(made.join('\n')).digest('hex').slice(0, 12);
  return {
    stack,
    buildImage: named('build'),
    runImage: named('run'),
    lifecycle,
    buildpack: `${versions.repository}/buildpack-python-uv:${versions.buildpack}`,
    builder: `${versions.repository}/builder:${flavour}-${tag}`,
  };
}
