import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { imageNames } from './image-names.ts';
import { kpackManifests } from './kpack-manifests.ts';
import { stackImages } from './stack-images.ts';
import { readVersions, type Versions } from './versions.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

const versions: Versions = {
  ...{ repository: 'quay.io/luban-ci', stack: 'io.buildpacks.stacks.luban', buildpack: '0.1.0', lifecycle: '0.21.0' },
  bases: { al2023: 'example/al2023:minimal', debian: 'example/debian:slim' },
};

const files = Object.fromEntries(
  ['base', 'build', 'run'].map((part) => [`stack/debian/${part}/Dockerfile`, `# ${part}\n`]),
);

test('upstream section 9.6: another base is another build and run image, another run image is itself alone', async () => {
  await using folder = await temporaryFolder();
  const tagsOf = async (changed: Record<string, string>, table = versions): Promise<string[]> => {
    await writeTree(folder.path, { ...files, ...changed });
    return (await stackImages(folder.path, 'debian', table)).map(({ image }) => image);
  };

  const [before, again] = [await tagsOf({}), await tagsOf({})];
  const base = await tagsOf({ 'stack/debian/base/Dockerfile': '# newer\n' });
  const run = await tagsOf({ 'stack/debian/run/Dockerfile': '# newer\n' });
  const pinned = { ...versions, bases: { ...versions.bases, debian: 'example/debian:slim@sha256:00' } };
  const digest = await tagsOf({}, pinned);

  const isOther = (tags: string[]): boolean[] => tags.map((tag, index) => tag !== before[index]);
  expect(again).toEqual(before);
  expect(isOther(base)).toEqual([true, true, true]);
  expect(isOther(run)).toEqual([false, false, true]);
  expect(isOther(digest)).toEqual([true, true, true]);
});

test('upstream section 9.6: one table, and whoever else names a version says the same', async () => {
  const table = await readVersions(root);
  const { buildpack } = parse(await readFile(join(root, 'buildpacks/python-uv/buildpack.toml'), 'utf8'));
  const programs = await readFile(join(root, 'e2e/cluster/programs/programs.ts'), 'utf8');

  expect(buildpack).toMatchObject({ id: 'luban-ci/python-uv', version: table.buildpack });
  expect(programs).toContain(`lifecycle: 'v${table.lifecycle}'`);
});

test('kpack is given the images of the table, and writes its builder where nothing else is pushed', async () => {
  const names = await imageNames(root, 'al2023', await readVersions(root));

  const manifests = await kpackManifests(root);

  expect(Object.keys(manifests)).toEqual(
    ['kustomization', 'cluster-store', 'cluster-stack', 'cluster-lifecycle', 'cluster-builder'].map(
      (name) => `manifests/kpack/${name}.yaml`,
    ),
  );
  const text = Object.values(manifests).join('\n');
  for (const image of [names.buildImage, names.runImage, names.buildpack, names.lifecycle]) {
    expect(text).toContain(`image: ${image}\n`);
  }
  expect(text).not.toContain(`${names.builder.split(':')[0]}:`);
});
