import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { createRegistryClient, digestOf, parseReference } from '@luban-ci/images';
import { startPlayground } from '@luban-ci/playground';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hurriedClock, temporaryFolder, writeTree } from '@luban-ci/testing';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { makeBuildpackFolder } from './buildpack-folder.ts';
import { pinBases } from './pin-bases.ts';
import { publishBuildpack } from './publish-buildpack.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');
const registry = createRegistryClient({ clock: hurriedClock() });

test('a buildpackage has its files in one layer, and labels that name it; the same files give the same digest', async () => {
  await using folder = await temporaryFolder();
  await using playground = await startPlayground({ folder: folder.at('registry') });
  await writeTree(folder.at('buildpack'), { 'buildpack.toml': 'api = "0.11"\n', 'bin/build': '#!/bin/sh\n' });
  const image = parseReference(`${playground.registry}/luban-ci/buildpack:1`);
  const info = { id: 'luban-ci/python-uv', version: '1', api: '0.11', homepage: 'https://example.com' };

  const first = await publishBuildpack(folder.at('buildpack'), info, { image, architecture: 'arm64' }, registry);
  const second = await publishBuildpack(folder.at('buildpack'), info, { image, architecture: 'arm64' }, registry);

  const config = await registry.readImageConfig({ ...image, digest: first });
  const labels = config?.config?.Labels ?? {};
  const [diffId = ''] = config?.rootfs?.diff_ids ?? [];
  expect(second).toBe(first);
  expect(JSON.parse(labels['io.buildpacks.buildpackage.metadata'] ?? '')).toMatchObject({ id: info.id, version: '1' });
  expect(JSON.parse(labels['io.buildpacks.buildpack.layers'] ?? '')).toEqual({
    'luban-ci/python-uv': {
      '1': { api: '0.11', stacks: [{ id: '*' }], layerDiffID: diffId, homepage: 'https://example.com' },
    },
  });
  expect(await filesOf(image, first, diffId)).toEqual([
    'cnb/ 755',
    'cnb/buildpacks/ 755',
    'cnb/buildpacks/luban-ci_python-uv/ 755',
    'cnb/buildpacks/luban-ci_python-uv/1/ 755',
    'cnb/buildpacks/luban-ci_python-uv/1/bin/ 755',
    'cnb/buildpacks/luban-ci_python-uv/1/bin/build 755',
    'cnb/buildpacks/luban-ci_python-uv/1/buildpack.toml 644',
  ]);
});

test('a base is pinned at the digest that its tag has now, also when it was pinned before; one that is away is an error', async () => {
  await using folder = await temporaryFolder();
  await using playground = await startPlayground({ folder: folder.at('registry') });
  await writeTree(folder.at('files'), { readme: '' });
  const base = `${playground.registry}/library/debian:trixie`;
  const info = { id: 'debian', version: '1', api: '0', homepage: '' };
  const target = { image: parseReference(base), architecture: 'amd64' };
  const digest = await publishBuildpack(folder.at('files'), info, target, registry);
  const table = { repository: 'r', stack: 's', buildpack: '1', lifecycle: '1' };
  const old = `${base}@sha256:${'0'.repeat(64)}`;

  const pinned = await pinBases({ ...table, bases: { al2023: base, debian: old } }, registry);
  const away = pinBases({ ...table, bases: { al2023: `${base}-slim`, debian: base } }, registry);

  expect(pinned).toEqual({ ...table, bases: { al2023: `${base}@${digest}`, debian: `${base}@${digest}` } });
  await expect(away).rejects.toThrow(`${base}-slim is not there`);
});

test('the packaged buildpack needs no Node on the machine, and ends as the specification says', async () => {
  await using folder = await temporaryFolder();
  await using app = await temporaryFolder();
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  await makeBuildpackFolder(folder.at('buildpack'), { root, architecture, environment: plainEnvironment() });
  await mkdir(folder.at('path'));
  await writeFile(folder.at('path/node'), '#!/bin/sh\nexit 3\n');
  await chmod(folder.at('path/node'), 0o755);

  const ended = await runProgram(folder.at('buildpack/bin/detect'), ['/platform', '/plan'], {
    cwd: app.path,
    env: { PATH: `${folder.at('path')}:/usr/bin:/bin` },
  });

  expect(ended).toMatchObject({ exitCode: 100, stdout: 'not a project for uv: there is no pyproject.toml\n' });
}, 60_000);

/** Names and modes of the one layer, whose content has to be what the label and the configuration say. */
async function filesOf(image: ReturnType<typeof parseReference>, digest: string, diffId: string): Promise<string[]> {
  const found = await registry.getManifest({ ...image, digest });
  const layer = found?.kind === 'image' ? found.image.layers[0] : undefined;
  const tar = gunzipSync((await registry.readBlob(image, layer?.digest ?? '')) ?? '');
  expect(digestOf(tar)).toBe(diffId);
  const files: string[] = [];
  const archive = extract();
  archive.end(tar);
  for await (const entry of archive) {
    files.push(`${entry.header.name} ${entry.header.mode?.toString(8)}`);
    entry.resume();
  }
  return files;
}
