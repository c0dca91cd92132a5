import { join } from 'node:path';
import type { ContainerProgram, RunForPerson } from './container-program.ts';
import type { ImageNames } from './image-names.ts';
import type { Versions } from './versions.ts';

export interface Making {
  root: string;
  versions: Versions;
  names: ImageNames;
  /** `linux/amd64` */
  platform: string;
  program: ContainerProgram;
  run: RunForPerson;
}

/** Builds base, build and run image, each on the one before it. */
export async function buildStack({ root, versions, names, platform, program, run }: Making): Promise<void> {
  for (const { folder, image, base } of names.stack) {
    const values = { BASE: base, STACK: versions.stack };
    await run(program, ['build', ...buildArguments(values, platform, image), join(root, folder)]);
  }
}

/** Pushes what others use: the build and the run image. A tag names its content, so what is there already is the same. */
export async function pushStack({ names, program, run }: Making): Promise<void> {
  for (const image of [names.buildImage, names.runImage]) await run(program, ['push', image]);
}

export function buildArguments(values: Readonly<Record<string, string>>, platform: string, image: string): string[] {
  const given = Object.entries(values).flatMap(([name, value]) => ['--build-arg', `${name}=${value}`]);
  return ['--platform', platform, ...given, '--tag', image];
}
