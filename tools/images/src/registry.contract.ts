import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { digestOf } from './digest.ts';
import { mediaTypes } from './manifest.ts';
import {
  builtAt,
  givenRegistry,
  manifestBytes,
  noting,
  pushImage,
  type RegistryUnderTest,
} from './registry-under-test.fixture.ts';
import { tagSelectionContract } from './versions/tag-selection.contract.ts';

export type { RegistryUnderTest } from './registry-under-test.fixture.ts';

/** What every registry has to do, so that every step may rely on it. Called once for each implementation. */
export function registryContract(name: string, start: () => Promise<RegistryUnderTest>): void {
  describe(`${name} keeps the registry contract`, () => {
    const given = () => givenRegistry(start);

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

    test('what was kept is asked for again, and never hides what has changed', async () => {
      await using at = await given();
      await using folder = await temporaryFolder();
      const answers: string[] = [];
      const client = at.clientWith({ keptIn: folder.path, fetch: noting(answers) });
      const look = async () => {
        const { digest } = (await client.getManifest({ ...at.repository, tag: 'v1' })) ?? {};
        return { digest, tags: (await client.listTags(at.repository))?.toSorted() };
      };
      const one = await pushImage(at, 'v1', 'one');

      const [first, again] = [await look(), await look()];
      const two = await pushImage(at, 'v2', 'two');
      await at.client.retag(at.repository, two.digest, 'v1');
      const changed = await look();

      expect([first, again]).toEqual([
        { digest: one.digest, tags: ['v1'] },
        { digest: one.digest, tags: ['v1'] },
      ]);
      expect(changed).toEqual({ digest: two.digest, tags: ['v1', 'v2'] });
      expect(answers.filter((each) => each === 'manifest 304')).toHaveLength(1);
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

    tagSelectionContract(given);
  });
}
