import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorityFile } from '../authority.ts';
import { type Debian, runInDebian } from '../in-debian.ts';
import type { Prepared } from '../prepare.ts';
import { moduleFolder, type Workshop } from '../programs/build-program.ts';
import type { BuildahJob, BuildahPlan } from './buildah.ts';
import type { PlannedImage } from './image-plan.ts';
import type { FileOrigin } from './images.ts';
import { uvRelease } from './uv-release.ts';
import { wheelFolder } from './wheels.ts';

/** Where images come from and go to. */
export interface ImageWorkshop extends Workshop {
  debian: Debian;
  /** The root file system of the base, as a tar archive. */
  baseArchive: string;
  programFiles: Readonly<Record<string, string>>;
}

/** What a registry keeps on disk, and a node serves from its first moment. */
export function registryFolder({ cache }: Workshop): string {
  return join(cache, 'images', 'registry');
}

/** An image that is to be prepared. */
export interface ImageToMake {
  /** As pods name it. */
  name: string;
  /** Of all that it is made of. */
  digest: string;
  seconds: number;
  /** Names of images that it is built on. */
  on: readonly string[];
  /** Names of what else has to be there first. */
  after?: readonly string[];
  /** @param marker is to be written when the image is in the registry */
  make: (marker: string) => Promise<unknown>;
}

/** One image is made at a time, because they share a store. */
export function preparedImage(
  { name, digest, seconds, on, after = [], make }: ImageToMake,
  workshop: Workshop,
): Prepared {
  const file = join(workshop.cache, 'images', `${name.replaceAll(/[/:]/g, '_')}-${digest}`);
  const title = (image: string): string => `the image ${image}`;
  return {
    name: title(name),
    file,
    seconds,
    after: [...after, ...on.map(title)],
    lane: 'images',
    make: () => make(file),
  };
}

/** Builds one image and puts it into the registry's folder. */
export async function buildImage(image: PlannedImage, marker: string, workshop: ImageWorkshop): Promise<void> {
  const context = await mkdtemp(join(workshop.cache, 'context-'));
  try {
    await cp(image.source, context, { recursive: true });
    for (const name of image.programs ?? []) await copyFile(workshop.programFiles[name] ?? '', join(context, name));
    for (const [name, origin] of Object.entries(image.files ?? {})) {
      await cp(await pathOf(origin, workshop), join(context, name), { recursive: true });
    }
    const dockerfile = join(image.source, 'Dockerfile');
    await buildahInDebian([{ name: image.name, context, dockerfile, marker }], workshop);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

/** Builds in the node's Debian, so that the machine needs neither buildah nor a registry of its own. */
export async function buildahInDebian(jobs: readonly BuildahJob[], workshop: ImageWorkshop): Promise<void> {
  const storage = join(workshop.cache, 'images', 'buildah');
  const plan: BuildahPlan = { storage, registry: registryFolder(workshop), jobs };
  await mkdir(plan.registry, { recursive: true });
  const file = join(workshop.cache, 'images', 'plan.json');
  await writeFile(file, JSON.stringify(plan));
  const program = fileURLToPath(new URL('buildah.ts', import.meta.url));
  await runInDebian(workshop.debian, [process.execPath, program, file]);
}

async function pathOf(origin: FileOrigin, workshop: ImageWorkshop): Promise<string> {
  if ('debian' in origin) return join(workshop.debian.folder, origin.debian);
  if ('nodeProgram' in origin) return process.execPath;
  if ('baseArchive' in origin) return workshop.baseArchive;
  if ('uvRelease' in origin) return uvRelease(origin.uvRelease, workshop);
  if ('wheels' in origin) return wheelFolder(origin.wheels, workshop);
  if ('authority' in origin) return authorityFile(workshop, 'ca.crt');
  return join(await moduleFolder(origin.module, origin.version, workshop), origin.path);
}
