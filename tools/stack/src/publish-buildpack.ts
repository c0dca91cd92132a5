import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { digestOf, type ImageReference, mediaTypes, type RegistryClient } from '@luban-ci/images';
import { pack } from 'tar-stream';

/** What a buildpack's own descriptor says of it. */
export interface BuildpackInfo {
  id: string;
  version: string;
  api: string;
  homepage: string;
}

const time = new Date('1980-01-01T00:00:01Z'); // as the lifecycle has it

/**
 * Pushes a folder as a buildpackage, which kpack and pack read: one layer, and labels that name what is in it
 * (https://github.com/buildpacks/spec/blob/main/distribution.md). No container program is needed.
 *
 * @returns the digest
 */
export async function publishBuildpack(
  folder: string,
  info: BuildpackInfo,
  { image, architecture }: { image: ImageReference; architecture: string },
  registry: RegistryClient,
): Promise<string> {
  const tar = await packed(folder, `cnb/buildpacks/${info.id.replaceAll('/', '_')}/${info.version}`);
  const layer = gzipSync(tar);
  const diffId = digestOf(tar);
  const anyStack = [{ id: '*' }];
  const { id, version, api, homepage } = info;
  const labels = {
    'io.buildpacks.buildpackage.metadata': JSON.stringify({ id, version, homepage, stacks: anyStack }),
    'io.buildpacks.buildpack.layers': JSON.stringify({
      [id]: { [version]: { api, stacks: anyStack, layerDiffID: diffId, homepage } },
    }),
  };
  const rootfs = { type: 'layers', diff_ids: [diffId] };
  const config = bytesOf({ os: 'linux', architecture, config: { Labels: labels }, rootfs });
  for (const bytes of [layer, config]) await registry.uploadBlob(image, { bytes });
  const described = (mediaType: string, bytes: Uint8Array) => {
    return { mediaType, digest: digestOf(bytes), size: bytes.byteLength };
  };
  const bytes = bytesOf({
    schemaVersion: 2,
    mediaType: mediaTypes.ociManifest,
    config: described(mediaTypes.ociConfig, config),
    layers: [described(mediaTypes.ociLayerGzip, layer)],
  });
  const { digest } = await registry.putManifest(image, { bytes, mediaType: mediaTypes.ociManifest }, image.tag);
  return digest;
}

/** Every file below a folder, as files of root's below another one; the same folder gives the same bytes. */
async function packed(folder: string, below: string): Promise<Uint8Array> {
  const archive = pack();
  const owner = { uid: 0, gid: 0, mtime: time };
  const parents = below.split('/').map((_, index, all) => all.slice(0, index + 1).join('/'));
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => ({ entry, path: join(entry.parentPath, entry.name).slice(folder.length + 1) }));
  for (const name of parents) archive.entry({ ...owner, name: `${name}/`, type: 'directory', mode: 0o755 });
  for (const { entry, path } of paths.sort((left, right) => (left.path < right.path ? -1 : 1))) {
    const name = `${below}/${path}`;
    if (entry.isDirectory()) archive.entry({ ...owner, name: `${name}/`, type: 'directory', mode: 0o755 });
    else archive.entry({ ...owner, name, mode: isProgram(path) ? 0o755 : 0o644 }, await readFile(join(folder, path)));
  }
  archive.finalize();
  return buffer(archive);
}

/** `bin/detect`, `bin/build` and `node/bin/node`. */
function isProgram(path: string): boolean {
  return /(^|\/)bin\/[^/]+$/.test(path);
}

function bytesOf(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value));
}
