import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { authorityFile, makeAuthority } from './authority.ts';
import { baseArchive, makeBaseArchive, makeNodeDebian, nodeDebian } from './debian.ts';
import { buildImage, type ImageWorkshop, markerOf } from './images/build-images.ts';
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

/** Names everything, makes nothing. */
export async function everything(workshop: Workshop): Promise<Everything> {
  const files = await Promise.all(
    programs.map(async (program) => ({ program, file: await programFile(program, workshop) })),
  );
  const programFiles = Object.fromEntries(files.map(({ program, file }) => [program.name, file]));
  const debian = { folder: nodeDebian(workshop), repository, cache: workshop.cache };
  const imageWorkshop = { ...workshop, debian, baseArchive: baseArchive(workshop), programFiles };
  const prepared: Prepared[] = [
    {
      name: 'a certificate authority',
      file: authorityFile(workshop, 'ca.crt'),
      seconds: 1,
      make: () => makeAuthority(workshop),
    },
    { name: "the node's Debian", file: join(debian.folder, 'etc'), seconds: 60, make: () => makeNodeDebian(workshop) },
    { name: 'a Debian for images', file: baseArchive(workshop), seconds: 35, make: () => makeBaseArchive(workshop) },
    ...files.map(({ program, file }) => ({
      name: program.name,
      file,
      seconds: program.seconds,
      make: () => buildProgram(program, workshop),
    })),
    ...(await planImages(programFiles)).map((image) => ({
      name: `the image ${image.name}`,
      file: markerOf(image, workshop),
      seconds: 8,
      make: () => buildImage(image, imageWorkshop),
    })),
  ];
  return { prepared, workshop: imageWorkshop };
}
