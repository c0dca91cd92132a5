import { copyFile, cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorityFile } from '../authority.ts';
import { type Debian, runInDebian } from '../in-debian.ts';
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

/** A file that says that an image is in the registry. */
export function markerOf({ name, digest }: { name: string; digest: string }, { cache }: Workshop): string {
  return join(cache, 'images', `${name.replaceAll(/[/:]/g, '_')}-${digest}`);
}

/** Builds one image and puts it into the registry's folder. */
export async function buildImage(image: PlannedImage, workshop: ImageWorkshop): Promise<void> {
  const context = await mkdtemp(join(workshop.cache, 'context-'));
  try {
    await cp(image.source, context, { recursive: true });
    for (const name of image.programs ?? []) await copyFile(workshop.programFiles[name] ?? '', join(context, name));
    for (const [name, origin] of Object.entries(image.files ?? {})) {
      await cp(await pathOf(origin, workshop), join(context, name), { recursive: true });
    }
    const dockerfile = join(image.source, 'Dockerfile');
    await buildahInDebian([{ name: image.name, context, dockerfile, marker: markerOf(image, workshop) }], workshop);
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
