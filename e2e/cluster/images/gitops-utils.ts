import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { run } from '../../run.ts';
import type { Prepared } from '../prepare.ts';
import { recipeDigest } from '../recipe-digest.ts';
import { buildahInDebian, type ImageWorkshop, preparedImage } from './build-images.ts';
import { nodeImage } from './images.ts';

const name = 'quay.io/luban-ci/gitops-utils:0.1.0';
/** What the Dockerfile copies, from the repository's root. */
const copied = [
  'tools/gitops-utils/build',
  'workflows',
  'gitops-template',
  'examples',
  'tools/gitops-utils/Dockerfile',
];

/** The image of the steps, built from its own Dockerfile as the repository is now. */
export async function gitopsUtilsImage(workshop: ImageWorkshop): Promise<Prepared> {
  const { repository } = workshop.debian;
  await run('npm', ['run', '--silent', 'build'], { cwd: repository, env: workshop.environment });
  const dockerfile = join(repository, 'tools/gitops-utils/Dockerfile');
  const make = (marker: string): Promise<void> =>
    buildahInDebian([{ name, context: repository, dockerfile, from: nodeImage, marker }], workshop);
  return preparedImage({ name, digest: await digestOf(repository), seconds: 60, on: [nodeImage], make }, workshop);
}

async function digestOf(repository: string): Promise<string> {
  const files = (await Promise.all(copied.map((path) => filesBelow(join(repository, path))))).flat();
  const parts = await Promise.all(files.map(async (file) => [relative(repository, file), await readFile(file)]));
  return recipeDigest(parts.flat());
}

async function filesBelow(path: string): Promise<string[]> {
  const entries = await readdir(path, { withFileTypes: true, recursive: true }).catch(() => undefined);
  if (entries === undefined) return [path];
  return entries
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.test.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
