import { appendFile, cp } from 'node:fs/promises';
import { join } from 'node:path';
import { createAppendBuilder } from '@luban-ci/builders';
import { silentLog, systemClock } from '@luban-ci/core';
import { createRegistryClient, type ImageReference, parseReference, type RegistryClient } from '@luban-ci/images';
import { startPlayground } from '@luban-ci/playground';
import { pushBase } from './base-image.ts';
import { alternately, type Contender } from './measure.ts';
import type { BenchPlace } from './place.ts';
import type { BenchResult } from './result.ts';

const nothing = 'append, nothing changed';
const oneFile = 'append, one file changed';

/** B10: the image of a small Python application, again. */
export async function benchAppendBuild(place: BenchPlace): Promise<BenchResult> {
  await using playground = await startPlayground({ folder: join(place.folder, 'registry') });
  const registry = createRegistryClient({ clock: systemClock, log: silentLog });
  const base = parseReference(await pushBase(registry, playground.registry));
  const build = buildWith(registry, base, playground.registry);
  const [same, changing] = [join(place.folder, 'same'), join(place.folder, 'changing')];
  for (const folder of [same, changing]) {
    await cp(join(place.root, 'examples/cart-service'), folder, { recursive: true });
  }
  const digests = new Set<string>();
  const contenders: Contender[] = [
    { name: nothing, run: async () => digests.add(await build(same)) },
    {
      name: oneFile,
      run: async () => {
        await appendFile(join(changing, 'src/cart_service/main.py'), '# one more line\n');
        await build(changing);
      },
    },
  ];
  return {
    id: 'B10',
    title: 'the image of examples/cart-service again, registry on loopback, base without layers',
    samples: await alternately(contenders, { rounds: 8, warmUp: 1 }),
    missing: [
      { name: 'buildah, the same layers', missing: 'wants a base image from a registry, and the right to mount' },
    ],
    remarks: {},
    bars: [{ what: 'digests of one source', measured: digests.size, allowed: 1, unit: 'digest' }],
  };
}

/** Builds the application of a folder and answers the digest. */
function buildWith(registry: RegistryClient, base: ImageReference, host: string): (folder: string) => Promise<string> {
  const builder = createAppendBuilder({
    registry,
    base,
    libc: { kind: 'glibc', major: 2, minor: 36 },
    fetch,
    log: silentLog,
    signal: AbortSignal.timeout(120_000),
  });
  const committedAt = new Date('2026-01-02T03:04:05Z');
  const revision = '1'.repeat(40);
  const repoUrl = 'https://example.com/metasync/cart-service.git';
  return async (folder) => {
    const built = await builder.build({
      source: { repoUrl, revision, subPath: '.', checkout: async () => ({ folder, committedAt }) },
      image: { registry: host, path: 'payment/cart-service' },
      tags: [revision],
      platforms: [{ os: 'linux', architecture: 'amd64' }],
      requestId: revision,
    });
    return built.digest;
  };
}
