import { mkdir, readFile, rm, symlink } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { createRegistryClient, digestOf, parseReference } from '@luban-ci/images';
import { startPlayground } from '@luban-ci/playground';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, hurriedClock, type TemporaryFolder, temporaryFolder, writeTree } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuildWorld, buildWorld, type TestPlace } from './build-place.fixture.ts';
import { placeOfExample, programPath } from './example.fixture.ts';

let world: BuildWorld;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const wanted = ['lifecycle', 'launcher', 'uv', 'python3'];
const registry = createRegistryClient({ clock: hurriedClock() });

test.skipIf(!wanted.every((name) => hasProgram(name)))(
  'lifecycle: detects, builds and exports the example; again gives the same digest; its launcher starts what args say',
  async () => {
    await world.releases.serve(await readFile(programPath('uv')));
    await using folder = await temporaryFolder();
    await using playground = await startPlayground({ folder: folder.at('registry') });
    const place = await placeOfExample(world);
    const image = `${playground.registry}/payment/cart-service:1`;
    const create = await creator(folder, place, `${playground.registry}/cnb/run:1`, image);

    const first = await create();
    const second = await create();

    const { digest } = (await registry.resolve(parseReference(image))) ?? {};
    const config = await registry.readImageConfig({ ...parseReference(image), digest: digest ?? '' });
    const launched = await launch(folder, place, []);
    const launchedByArgs = await launch(folder, place, ['uv', 'run', 'python', '-c', 'print("by args")']);
    expect([first.exitCode, second.exitCode], first.text + second.text).toEqual([0, 0]);
    expect(await readFile(folder.at('report.toml'), 'utf8')).toContain(`digest = "${digest}"`);
    expect(second.text).toContain("Reusing layer 'luban-ci/python-uv:venv'");
    expect([first.digest, second.digest]).toEqual([digest, digest]);
    expect(config?.config).toMatchObject({
      Entrypoint: ['/cnb/process/web'],
      Labels: { 'org.opencontainers.image.title': 'cart-service', 'org.opencontainers.image.revision': 'c0ffee' },
    });
    expect(launched).toMatchObject({ exitCode: 0, stdout: `prices by price_rules ${venvOf(place)}\n` });
    expect(launchedByArgs).toMatchObject({ exitCode: 0, stdout: 'by args\n' });
  },
  240_000,
);

/** The creator on plain folders, as this account; each call is a build of its own, with the cache of those before. */
async function creator(folder: TemporaryFolder, place: TestPlace, runImage: string, image: string) {
  await pushRunImage(runImage);
  await symlink(programPath('lifecycle'), folder.at('creator'));
  await mkdir(folder.at('cache'));
  await mkdir(folder.at('buildpacks/luban-ci_python-uv'), { recursive: true });
  await symlink(world.buildpack, folder.at('buildpacks/luban-ci_python-uv/0.1.0'));
  await writeTree(folder.path, {
    'order.toml': '[[order]]\n[[order.group]]\nid = "luban-ci/python-uv"\nversion = "0.1.0"\n',
    'run.toml': `[[images]]\nimage = "${runImage}"\n`,
  });
  await writeTree(join(place.platform, 'env'), {
    BP_UV_RELEASE_BASE_URL: world.releases.url,
    BP_UV_PYTHON: 'system',
    BP_OCI_REVISION: 'c0ffee',
    UV_OFFLINE: '1',
  });
  const options = {
    ...{ app: place.app, layers: place.layers, platform: place.platform, 'run-image': runImage },
    ...{ buildpacks: folder.at('buildpacks'), order: folder.at('order.toml'), run: folder.at('run.toml') },
    ...{ launcher: programPath('launcher'), report: folder.at('report.toml'), 'cache-dir': folder.at('cache') },
    ...{ uid: process.getuid?.(), gid: process.getgid?.() },
  };
  const args = Object.entries(options).map(([name, value]) => `-${name}=${value}`);
  return async () => {
    await rm(place.layers, { recursive: true, force: true }); // each pod begins with empty volumes
    await mkdir(place.layers);
    const { exitCode, stdout, stderr } = await runProgram(folder.at('creator'), [...args, '-no-color', image], {
      cwd: folder.path,
      env: environment({ CNB_PLATFORM_API: '0.14' }),
    });
    const found = await registry.resolve(parseReference(image));
    return { exitCode, text: stdout + stderr, digest: found?.digest };
  };
}

/** What the image starts: its layers are where they were built, so that its launcher finds them on this machine, too. */
async function launch(folder: TemporaryFolder, { app, layers }: TestPlace, args: readonly string[]) {
  const web = folder.at('web');
  await symlink(programPath('launcher'), web).catch(() => {});
  const env = environment({ CNB_APP_DIR: app, CNB_LAYERS_DIR: layers, CNB_PLATFORM_API: '0.14' });
  return runProgram(web, args, { cwd: app, env });
}

function environment(more: Record<string, string>): Record<string, string> {
  const plain = plainEnvironment();
  return { ...plain, PATH: `${join(process.execPath, '..')}${delimiter}${plain['PATH']}`, ...more };
}

function venvOf({ layers }: TestPlace): string {
  return join(layers, 'luban-ci_python-uv', 'venv');
}

/** An image of one empty layer, for this machine's processor. */
async function pushRunImage(name: string): Promise<void> {
  const image = parseReference(name);
  const layer = gzipSync(new Uint8Array(1024));
  const architecture = process.arch === 'x64' ? 'amd64' : process.arch;
  const rootfs = { type: 'layers', diff_ids: [digestOf(new Uint8Array(1024))] };
  const config = bytesOf({ os: 'linux', architecture, config: { User: '1000:1000' }, rootfs });
  for (const bytes of [layer, config]) await registry.uploadBlob(image, { bytes });
  const described = (kind: string, bytes: Uint8Array) => {
    return { mediaType: `application/vnd.oci.image.${kind}`, digest: digestOf(bytes), size: bytes.byteLength };
  };
  const mediaType = 'application/vnd.oci.image.manifest.v1+json';
  const layers = [described('layer.v1.tar+gzip', layer)];
  const bytes = bytesOf({ schemaVersion: 2, mediaType, config: described('config.v1+json', config), layers });
  await registry.putManifest(image, { bytes, mediaType }, image.tag ?? 'latest');
}

function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
