import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import type { Prepared } from '../prepare.ts';
import { buildahInDebian, type ImageWorkshop, markerOf } from './build-images.ts';

const name = 'luban.test/kpack-stand-in:1';

/** The image of the stand-in for kpack, bundled as it is now. */
export async function kpackStandInImage(workshop: ImageWorkshop): Promise<Prepared> {
  const source = join(workshop.debian.repository, 'e2e/kpack-stand-in');
  const dockerfile = join(source, 'Dockerfile');
  const program = await bundle(join(source, 'main.ts'));
  const digest = createHash('sha256')
    .update(program)
    .update(await readFile(dockerfile))
    .digest('hex')
    .slice(0, 12);
  const marker = markerOf({ name, digest }, workshop);
  return { name: `the image ${name}`, file: marker, seconds: 5, make };

  async function make(): Promise<void> {
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
