import { silentLog, systemClock } from '@luban-ci/core';
import { createRegistryClient, digestOf, mediaTypes, parseReference } from '@luban-ci/images';
import type { DemoPlace } from './place.ts';
import type { Story } from './story.ts';

const realBase = 'docker.io/library/python:3.13-slim';

/** A real Python base image where a container registry can be reached; otherwise a small stand-in, and the story says so. */
export async function chooseBaseImage(place: DemoPlace, story: Story): Promise<string> {
  if (await isReachable()) {
    story.say(`base image ${realBase}`);
    return realBase;
  }
  story.say(`${realBase} cannot be reached from here, so a small local base`);
  story.say('stands in for it: the images are real, but have no Python to run');
  return pushLocalBase(place, place.project); // whose own account builds with it
}

async function isReachable(): Promise<boolean> {
  const signal = AbortSignal.timeout(4_000);
  const registry = createRegistryClient({ clock: systemClock, signal, timeoutSeconds: 3, budgetSeconds: 0 });
  const found = await registry.resolve(parseReference(realBase)).catch(() => undefined);
  return found !== undefined;
}

/** An image without layers that says which Python it would have. */
export async function pushLocalBase(place: DemoPlace, project = 'luban-ci'): Promise<string> {
  const registry = createRegistryClient({
    clock: systemClock,
    log: silentLog,
    credentials: () => ({ kind: 'basic', username: place.user, password: place.token }),
  });
  const repository = { registry: place.host, path: `${project}/local-base` };
  const config = bytes({
    architecture: 'amd64',
    os: 'linux',
    config: { Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'PYTHON_VERSION=3.13.0'] },
    rootfs: { type: 'layers', diff_ids: [] },
  });
  await registry.uploadBlob(repository, { bytes: config });
  const manifest = bytes({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.byteLength },
    layers: [],
  });
  await registry.putManifest(repository, { bytes: manifest, mediaType: mediaTypes.ociManifest }, 'local');
  return `${place.host}/${repository.path}:local`;
}

function bytes(value: unknown): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(value));
}
