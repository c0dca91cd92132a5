import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { plainEnvironment } from '@luban-ci/process';
import { hasProgram, temporaryFolder } from '@luban-ci/testing';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import { type BuildPlace, buildPlace } from './build-place.fixture.ts';

test.skipIf(!hasProgram('python3'))('python3: the application starts from the layers and answers', async () => {
  await using place = await buildPlace();
  await using root = await temporaryFolder();
  const { digest } = await place.build(await place.checkOut());
  const { command, environment } = await unpackImage(place, digest, root.path);
  const port = await freePort();

  const running = spawn('python3', [join(root.path, command)], {
    cwd: root.at('app/source'),
    env: { ...plainEnvironment(), ...environment, PATH: process.env['PATH'] ?? '', PORT: String(port) },
  });
  await using _stop = {
    [Symbol.asyncDispose]: async () => {
      running.kill();
      await once(running, 'close');
    },
  };
  await once(running.stdout, 'data');
  const response = await fetch(`http://127.0.0.1:${port}/?price=6000&price=6000`);

  expect(await response.json()).toEqual({ items: 2, total: 10_800, environment: 'local', version: '0.1.0' });
});

/** Lays the layers over each other as a runtime does. Absolute paths of the image become paths below `root`. */
async function unpackImage(
  { registry, image }: BuildPlace,
  digest: string,
  root: string,
): Promise<{ command: string; environment: Record<string, string> }> {
  const found = await registry.getManifest({ ...image, digest });
  const { config } = (await registry.readImageConfig({ ...image, digest })) ?? {};
  for (const layer of found?.kind === 'image' ? found.image.layers : []) {
    const blob = await registry.openBlob(image, layer.digest);
    const entries = Readable.from(blob?.content ?? [])
      .pipe(createGunzip())
      .pipe(extract());
    for await (const entry of entries) {
      const path = join(root, entry.header.name);
      const content = Buffer.concat(await Array.fromAsync(entry as AsyncIterable<Buffer>));
      await mkdir(dirname(path), { recursive: true });
      if (entry.header.type === 'file') await writeFile(path, content, { mode: entry.header.mode ?? 0o644 });
    }
  }
  const [command = ''] = config?.Cmd ?? [];
  const variables = (config?.Env ?? []).map((line) => line.split(/=(.*)/s).slice(0, 2));
  const python = Object.fromEntries(variables)['PYTHONPATH'] ?? '';
  const environment = { PYTHONDONTWRITEBYTECODE: '1', PYTHONPATH: python.replaceAll(/(^|:)\//g, `$1${root}/`) };
  return { command, environment };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address !== null ? address.port : 0;
}
