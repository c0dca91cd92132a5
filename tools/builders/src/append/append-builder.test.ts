import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf, mediaTypes } from '@luban-ci/images';
import { loopbackServer } from '@luban-ci/testing';
import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { amd64, arm64, type BuildPlace, buildPlace } from './build-place.fixture.ts';

/** What was sent to the registry: `PUT blob`, `POST upload`, `PUT manifest`. */
function writes({ proxy }: BuildPlace, since: number, until?: number): string[] {
  return proxy.requests
    .slice(since, until)
    .filter(({ method }) => !['GET', 'HEAD'].includes(method))
    .map(({ method, target }) => {
      if (target.includes('mount=')) return 'mount';
      return `${method} ${/\/(manifests|uploads)\//.exec(target)?.[1]}`;
    });
}

test('the same commit gives the same digest on two machines, and the second one pushes nothing', async () => {
  await using place = await buildPlace();

  const first = await place.build(await place.checkOut());
  const before = place.proxy.requests.length;
  const second = await place.build(await place.checkOut());

  expect(first).toEqual({ digest: expect.stringMatching(/^sha256:/), changed: true });
  expect(second).toEqual({ digest: first.digest, changed: false });
  expect(writes(place, before)).toEqual([]);
});

test('the base is mounted, and of the next commit only the layer of source is pushed', async () => {
  await using place = await buildPlace();
  const folder = await place.checkOut();
  const base = place.proxy.requests.length;
  await place.build(folder);
  const next = place.proxy.requests.length;
  await appendFile(join(folder, 'src/cart_service/main.py'), '# more\n');

  await place.build(folder, { revision: 'b'.repeat(40), tags: ['1.1.0'] });

  const upload = ['POST uploads', 'PUT uploads'];
  const tagged = ['PUT manifests', 'PUT manifests'];
  expect(writes(place, base, next)).toEqual(['mount', ...upload, ...upload, ...upload, ...tagged]);
  expect(writes(place, next)).toEqual([...upload, ...upload, ...tagged]);
});

test('the image is an OCI one on a base of Docker’s media types, labelled with where it comes from', async () => {
  await using place = await buildPlace();

  const { digest } = await place.build(await place.checkOut());

  const found = await place.registry.getManifest({ ...place.image, digest });
  const config = await place.registry.readImageConfig({ ...place.image, digest });
  const layers = found?.kind === 'image' ? found.image.layers : [];
  expect(found?.mediaType).toBe(mediaTypes.ociManifest);
  expect(layers.map(({ mediaType }) => mediaType)).toEqual(Array(3).fill(mediaTypes.ociLayerGzip));
  expect(config?.config).toMatchObject({
    User: '1000:1000',
    Cmd: ['/app/bin/app'],
    Labels: { 'org.opencontainers.image.revision': 'a'.repeat(40) },
  });
});

test('two platforms make an index, each with the wheel that fits it', async () => {
  await using place = await buildPlace();
  const wheels = Object.fromEntries(
    ['x86_64', 'aarch64'].map((machine) => [
      `/fast-1.0-cp313-cp313-manylinux_2_28_${machine}.whl`,
      zipSync({ [`fast/${machine}.so`]: strToU8(machine) }, { mtime: '1980-01-01T00:00:00' }),
    ]),
  );
  await using index = await loopbackServer(({ path }, response) => response.end(wheels[path]));
  const folder = await place.checkOut();
  await lockFast(
    folder,
    index.url,
    Object.fromEntries(Object.entries(wheels).map(([path, bytes]) => [path, digestOf(bytes)])),
  );

  const { digest } = await place.build(folder, { platforms: [amd64, arm64] });

  const found = await place.registry.getManifest({ ...place.image, tag: '1.0.0' });
  const platforms = found?.kind === 'index' ? found.index.manifests.map(({ platform }) => platform) : [];
  expect(found?.digest).toBe(digest);
  expect(platforms).toEqual([amd64, arm64]);
  expect(index.seen.map(({ path }) => path)).toEqual(Object.keys(wheels));
});

test('a wheel that is not what was locked is refused, and nothing stands for the commit', async () => {
  await using place = await buildPlace();
  await using index = await loopbackServer((_, response) => response.end('something else'));
  const folder = await place.checkOut();
  await lockFast(folder, index.url, { '/fast-1.0-py3-none-any.whl': digestOf(strToU8('what was locked')) });

  await expect(place.build(folder)).rejects.toThrow('fast-1.0-py3-none-any.whl is not what uv.lock was made with');

  expect(await place.registry.resolve({ ...place.image, tag: '1.0.0' })).toBeUndefined();
});

test('a registry that fails at the manifest leaves no image, and the next build completes it', async () => {
  await using place = await buildPlace();
  const folder = await place.checkOut();
  place.proxy.setFault(({ method, target }) =>
    method === 'PUT' && target.includes('/manifests/') ? { status: 500 } : undefined,
  );

  await expect(place.build(folder)).rejects.toThrow('the registry answered 500');
  place.proxy.setFault(undefined);
  const absent = await place.registry.resolve({ ...place.image, tag: '1.0.0' });
  const built = await place.build(folder);

  expect(absent).toBeUndefined();
  expect(built.changed).toBe(true);
  expect((await place.registry.resolve({ ...place.image, tag: '1.0.0' }))?.digest).toBe(built.digest);
});

/** Locks a second dependency, `fast`, to wheels of an index. */
async function lockFast(folder: string, index: string, wheels: Record<string, string>): Promise<void> {
  const path = join(folder, 'uv.lock');
  const lock = await readFile(path, 'utf8');
  const lines = Object.entries(wheels).map(([name, hash]) => `    { url = "${index}${name}", hash = "${hash}" },`);
  const fast = `\n[[package]]\nname = "fast"\nversion = "1.0"\nsource = { registry = "${index}" }\nwheels = [\n${lines.join('\n')}\n]\n`;
  await writeFile(
    path,
    lock.replace('{ name = "price-rules" },', '{ name = "price-rules" },\n    { name = "fast" },') + fast,
  );
}
