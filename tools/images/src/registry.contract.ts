import { randomUUID } from 'node:crypto';
import { fixedClock } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import type { CredentialLookup } from './credentials.ts';
import { digestOf } from './digest.ts';
import { type Descriptor, mediaTypes } from './manifest.ts';
import type { ImageRepository } from './reference.ts';
import { createRegistryClient, type RegistryClient } from './registry-client.ts';
import { parsePlatform } from './versions/platforms-of.ts';
import { selectTag } from './versions/select-tag.ts';

/** A registry that the suite may fill; everything it pushes is below a name of its own. */
export interface RegistryUnderTest extends AsyncDisposable {
  registry: string;
  credentials?: CredentialLookup;
}

/** What every registry has to do, so that every step may rely on it. Called once for each implementation. */
export function registryContract(name: string, start: () => Promise<RegistryUnderTest>): void {
  describe(`${name} keeps the registry contract`, () => {
    const given = async (): Promise<Given> => {
      const registry = await start();
      const client = createRegistryClient({ clock: fixedClock(), credentials: registry.credentials });
      const repository = { registry: registry.registry, path: `contract/${randomUUID()}` };
      return { client, repository, [Symbol.asyncDispose]: () => registry[Symbol.asyncDispose]() };
    };

    test('an image that was pushed is resolved by tag and by digest, and comes back byte for byte', async () => {
      await using at = await given();
      const manifest = await pushImage(at, 'v1', 'one');

      const byTag = await at.client.resolve({ ...at.repository, tag: 'v1' });
      const byDigest = await at.client.getManifest({ ...at.repository, digest: manifest.digest });

      expect(byTag).toEqual({ digest: manifest.digest, mediaType: mediaTypes.ociManifest });
      expect(byDigest?.digest).toBe(manifest.digest);
      expect(digestOf(byDigest?.bytes ?? '')).toBe(manifest.digest);
    });

    test('what does not exist is not found, and not an error', async () => {
      await using at = await given();
      const digest = digestOf('nothing has these bytes');

      expect(await at.client.resolve({ ...at.repository, tag: 'none' })).toBeUndefined();
      expect(await at.client.getManifest({ ...at.repository, digest })).toBeUndefined();
      expect(await at.client.readBlob(at.repository, digest)).toBeUndefined();
      expect(await at.client.hasBlob(at.repository, digest)).toBe(false);
      expect(await at.client.listTags(at.repository)).toBeUndefined();
    });

    test('a blob is uploaded once, in bytes or as a stream, and read back', async () => {
      await using at = await given();
      const bytes = Buffer.alloc(300_000, 'layer');
      const digest = digestOf(bytes);
      const open = async function* () {
        yield new Uint8Array(bytes.subarray(0, 100_000));
        yield new Uint8Array(bytes.subarray(100_000));
      };

      const first = await at.client.uploadBlob(at.repository, { digest, size: bytes.byteLength, open });
      const second = await at.client.uploadBlob(at.repository, { bytes });
      const opened = await at.client.openBlob(at.repository, digest);
      const chunks: Uint8Array[] = [];
      for await (const chunk of opened?.content ?? []) chunks.push(chunk);

      expect([first, second]).toEqual([{ changed: true }, { changed: false }]);
      expect(opened?.size).toBe(bytes.byteLength);
      expect(Buffer.concat(chunks).equals(bytes)).toBe(true);
    });

    test('a blob whose bytes have another digest is refused', async () => {
      await using at = await given();
      const digest = digestOf('what was promised');
      const open = async function* () {
        yield new TextEncoder().encode('what was sent');
      };

      await expect(at.client.uploadBlob(at.repository, { digest, size: 13, open })).rejects.toThrow(/answered 400/);
      expect(await at.client.hasBlob(at.repository, digest)).toBe(false);
    });

    test('a blob of another repository is mounted without being sent again', async () => {
      await using at = await given();
      const bytes = new TextEncoder().encode('shared layer');
      const elsewhere = { registry: at.repository.registry, path: `${at.repository.path}/other` };
      await at.client.uploadBlob(at.repository, { bytes });

      const mounted = await at.client.mountBlob(elsewhere, digestOf(bytes), at.repository);

      expect(mounted).toBe(true);
      expect(await at.client.hasBlob(elsewhere, digestOf(bytes))).toBe(true);
    });

    test('a manifest whose layers are missing is refused', async () => {
      await using at = await given();
      const layer = { mediaType: mediaTypes.ociLayerGzip, digest: digestOf('missing'), size: 7 };
      const manifest = { bytes: manifestBytes(layer, layer), mediaType: mediaTypes.ociManifest };

      await expect(at.client.putManifest(at.repository, manifest, 'v1')).rejects.toThrow(/MANIFEST_BLOB_UNKNOWN|400/);
      expect(await at.client.resolve({ ...at.repository, tag: 'v1' })).toBeUndefined();
    });

    test('a second tag gets the very same digest; asking again changes nothing; a tag can be moved', async () => {
      await using at = await given();
      const one = await pushImage(at, 'commit-1', 'one');
      const two = await pushImage(at, 'commit-2', 'two');

      const first = await at.client.retag(at.repository, one.digest, 'v1.0.0');
      const again = await at.client.retag(at.repository, one.digest, 'v1.0.0');
      const resolved = await at.client.resolve({ ...at.repository, tag: 'v1.0.0' });
      const moved = await at.client.retag(at.repository, two.digest, 'v1.0.0');

      expect([first, again, moved]).toEqual([{ changed: true }, { changed: false }, { changed: true }]);
      expect(resolved?.digest).toBe(one.digest);
      expect((await at.client.resolve({ ...at.repository, tag: 'v1.0.0' }))?.digest).toBe(two.digest);
    });

    test('a digest that does not exist cannot be tagged', async () => {
      await using at = await given();

      await expect(at.client.retag(at.repository, digestOf('none'), 'v1')).rejects.toThrow(/does not exist/);
    });

    test('tags are listed', async () => {
      await using at = await given();
      const { digest } = await pushImage(at, 'b', 'one');
      for (const tag of ['a', 'c', 'v1.0.0']) await at.client.retag(at.repository, digest, tag);

      const tags = await at.client.listTags(at.repository);

      expect(tags?.toSorted()).toEqual(['a', 'b', 'c', 'v1.0.0']);
    });

    test('labels and creation time are read, through an index too', async () => {
      await using at = await given();
      const image = await pushImage(at, 'v1', 'one');
      const entry = { ...image, platform: { os: 'linux', architecture: 'amd64' } };
      const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: [entry] };
      const bytes = Buffer.from(JSON.stringify(index));
      await at.client.putManifest(at.repository, { bytes, mediaType: mediaTypes.ociIndex }, 'multi');

      const config = await at.client.readImageConfig({ ...at.repository, tag: 'multi' });

      expect(config?.created).toBe(builtAt);
      expect(config?.config?.Labels).toEqual({ 'org.opencontainers.image.revision': 'one' });
    });

    test('the highest version of a range is chosen, with its digest and the reason', async () => {
      await using at = await given();
      const { digest } = await pushImage(at, '1.4.9', 'one');
      const wanted = await pushImage(at, 'v1.4.10', 'two');
      for (const tag of ['1.5.0-rc.1', '2.0.0', 'latest']) await at.client.retag(at.repository, digest, tag);

      const chosen = await selectTag(at.client, { repository: at.repository, policy: { kind: 'semver', range: '^1' } });

      expect(chosen).toEqual({
        tag: 'v1.4.10',
        digest: wanted.digest,
        runnerUp: '1.4.9',
        explanation: [
          'v1.4.10 is the highest version of ^1, of 2 that may be chosen among 5',
          'v1.4.10 is a higher version than 1.4.9, which is next',
          '1 left out: a prerelease, and ^1 names none (1.5.0-rc.1)',
          '1 left out: no semantic version (latest)',
          '1 left out: outside ^1 (2.0.0)',
        ],
      });
    });

    test('the newest build is chosen, and one that does not tell its time is not', async () => {
      await using at = await given();
      await pushImage(at, 'a', 'one', { created: '2026-03-01T00:00:00Z' });
      const wanted = await pushImage(at, 'b', 'two', { created: '2026-03-02T00:00:00+00:00' });
      await pushImage(at, 'c', 'three', { created: '1980-01-01T00:00:01Z' });

      const chosen = await selectTag(at.client, { repository: at.repository, policy: { kind: 'newest' } });

      expect(chosen).toEqual({
        tag: 'b',
        digest: wanted.digest,
        runnerUp: 'a',
        explanation: [
          'b (2026-03-02T00:00:00.000Z) is the newest build, of 2 that may be chosen among 3',
          'b (2026-03-02T00:00:00.000Z) was built after a (2026-03-01T00:00:00.000Z), which is next',
          '1 left out: without a time at which it was built (c)',
        ],
      });
    });

    test('a tag is passed over that lacks a platform', async () => {
      await using at = await given();
      const amd64 = await pushImage(at, '1.2.0', 'one');
      const arm64 = await pushImage(at, '1.1.0', 'one', { architecture: 'arm64' });
      const entries = Object.entries({ amd64, arm64 }).map(([architecture, image]) => {
        return { ...image, platform: { os: 'linux', architecture } };
      });
      const bytes = Buffer.from(
        JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: entries }),
      );
      const both = await at.client.putManifest(at.repository, { bytes, mediaType: mediaTypes.ociIndex }, '1.0.0');
      const request = { repository: at.repository, policy: { kind: 'semver', range: '*' } } as const;

      const arm = await selectTag(at.client, { ...request, platforms: [parsePlatform('linux/arm64')] });
      const all = await selectTag(at.client, {
        ...request,
        platforms: [parsePlatform('linux/arm64'), parsePlatform('linux/amd64')],
      });
      const none = await selectTag(at.client, { ...request, platforms: [parsePlatform('linux/s390x')] });

      expect([arm.tag, arm.digest]).toEqual(['1.1.0', arm64.digest]);
      expect([all.tag, all.digest, all.explanation[1]]).toEqual([
        '1.0.0',
        both.digest,
        '1.2.0 comes before it, but has no image for linux/arm64',
      ]);
      expect(none.tag).toBeUndefined();
      expect(none.explanation[0]).toBe('nothing is the highest version of * among 3 tags');
    });

    test('a policy for one tag answers its digest, or that there is none', async () => {
      await using at = await given();
      const { digest } = await pushImage(at, 'stable', 'one');
      const choose = (tag: string) =>
        selectTag(at.client, { repository: at.repository, policy: { kind: 'digest', tag } });

      expect(await choose('stable')).toEqual({
        tag: 'stable',
        digest,
        explanation: ['the digest is the one that stable stands for'],
      });
      expect(await choose('none')).toEqual({ explanation: ['none is not there'] });
    });
  });
}

const builtAt = '2026-01-02T03:04:05Z';

interface Given extends AsyncDisposable {
  client: RegistryClient;
  repository: ImageRepository;
}

async function pushImage(
  { client, repository }: Given,
  tag: string,
  revision: string,
  { created = builtAt, architecture = 'amd64' } = {},
): Promise<Descriptor> {
  const layer = Buffer.from(`layer of ${revision}`);
  const config = Buffer.from(
    JSON.stringify({
      architecture,
      os: 'linux',
      created,
      config: { Labels: { 'org.opencontainers.image.revision': revision } },
      rootfs: { type: 'layers', diff_ids: [digestOf(layer)] },
    }),
  );
  for (const bytes of [layer, config]) await client.uploadBlob(repository, { bytes });
  const bytes = manifestBytes(
    { mediaType: mediaTypes.ociConfig, digest: digestOf(config), size: config.byteLength },
    { mediaType: mediaTypes.ociLayerGzip, digest: digestOf(layer), size: layer.byteLength },
  );
  return client.putManifest(repository, { bytes, mediaType: mediaTypes.ociManifest }, tag);
}

function manifestBytes(config: Descriptor, layer: Descriptor): Uint8Array {
  return Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: mediaTypes.ociManifest, config, layers: [layer] }));
}
