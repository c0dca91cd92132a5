import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorityFile, makeAuthority } from './authority.ts';
import { baseArchive, makeBaseArchive, makeNodeDebian, nodeDebian } from './debian.ts';
import { buildImage, type ImageWorkshop, preparedImage } from './images/build-images.ts';
import { planImages } from './images/image-plan.ts';
import type { Prepared } from './prepare.ts';
import { buildProgram, programFile, type Workshop } from './programs/build-program.ts';
import { programs } from './programs/programs.ts';

/** All that a cluster is made of, and has to be there before one is begun. */
export interface Everything {
  prepared: Prepared[];
  workshop: ImageWorkshop;
}

const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

const titles = {
  authority: 'a certificate authority',
  nodeDebian: "the node's Debian",
  baseDebian: 'a Debian for images',
} as const;

/** The files that the programs are, or will be, compiled into, by name. */
export async function programFiles(workshop: Workshop): Promise<Record<string, string>> {
  const files = programs.map(async (program) => [program.name, await programFile(program, workshop)]);
  return Object.fromEntries(await Promise.all(files));
}

/**
 * Names everything, makes nothing.
 *
 * @param brought names of programs that the node brings itself, with the images that they would be put into
 */
export async function everything(workshop: Workshop, brought: ReadonlySet<string> = new Set()): Promise<Everything> {
  const compiled = await programFiles(workshop);
  const debian = { folder: nodeDebian(workshop), repository, cache: workshop.cache };
  const imageWorkshop = { ...workshop, debian, baseArchive: baseArchive(workshop), programFiles: compiled };
  const planned = (await planImages(compiled)).filter((image) => !image.programs?.some((name) => brought.has(name)));
  const prepared: Prepared[] = [
    {
      name: titles.authority,
      file: authorityFile(workshop, 'ca.crt'),
      seconds: 1,
      make: () => makeAuthority(workshop),
    },
    {
      name: titles.nodeDebian,
      file: join(debian.folder, 'etc'),
      seconds: 60,
      make: () => makeNodeDebian(workshop),
    },
    {
      name: titles.baseDebian,
      file: baseArchive(workshop),
      seconds: 35,
      after: [titles.nodeDebian], // one mmdebstrap makes both, and is unpacked by the first
      make: () => makeBaseArchive(workshop),
    },
    ...programs
      .filter(({ name }) => !brought.has(name))
      .map((program) => ({
        name: program.name,
        file: compiled[program.name] ?? '',
        seconds: program.seconds,
        after: program.after ?? [],
        make: () => buildProgram(program, workshop),
      })),
    ...planned.map((image) => {
      const { name, digest, base } = image;
      const on = base === undefined ? [] : [base.name];
      const after = [...Object.values(titles), ...(image.programs ?? [])];
      const make = (marker: string): Promise<void> => buildImage(image, marker, imageWorkshop);
      return preparedImage({ name, digest, on, after, seconds: 8, make }, workshop);
    }),
  ];
  return { prepared, workshop: imageWorkshop };
}
