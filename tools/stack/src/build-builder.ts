import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildArguments, type Making } from './build-stack.ts';
import { makeBuildpackFolder } from './buildpack-folder.ts';
import type { ImageNames } from './image-names.ts';
import type { Versions } from './versions.ts';

/** Builds the image that the creator runs in. The build image has to be there, or is pulled. */
export async function buildBuilder(making: Making, environment: Readonly<Record<string, string>>): Promise<void> {
  const { root, versions, names, platform, program, run } = making;
  const context = await mkdtemp(join(tmpdir(), 'luban-builder-'));
  try {
    await makeBuilderContext(context, { root, versions, names, architecture: architectureOf(platform), environment });
    const values = { BASE: names.buildImage, LIFECYCLE: names.lifecycle };
    const file = ['--file', join(root, 'stack/builder/Dockerfile')];
    await run(program, ['build', ...file, ...buildArguments(values, platform, names.builder), context]);
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}

export interface BuilderContext {
  root: string;
  versions: Versions;
  names: Pick<ImageNames, 'runImage'>;
  architecture: string;
  environment: Readonly<Record<string, string>>;
}

/** What `stack/builder/Dockerfile` copies: the buildpack, which one is tried, and what the result is put on. */
export async function makeBuilderContext(folder: string, making: BuilderContext): Promise<void> {
  const { versions, names } = making;
  await makeBuildpackFolder(join(folder, 'buildpack', versions.buildpack), making);
  const group = `[[order]]\n\n[[order.group]]\nid = "luban-ci/python-uv"\nversion = "${versions.buildpack}"\n`;
  await writeFile(join(folder, 'order.toml'), group);
  await writeFile(join(folder, 'run.toml'), `[[images]]\nimage = "${names.runImage}"\n`);
}

/** `amd64` of `linux/amd64`. */
export function architectureOf(platform: string): string {
  return platform.split('/')[1] ?? '';
}
