import { digestOf } from '@luban-ci/images';
import { gzipSync } from 'fflate';
import { pack } from 'tar-stream';
import type { ImageFile } from './image-file.ts';

/** A layer as a registry stores it. */
export interface Layer {
  bytes: Uint8Array;
  digest: string;
  /** Digest of the tar before compression, which the image configuration lists. */
  diffId: string;
}

/** One fixed time for every file: the same files make the same layer, whenever and wherever it is made. */
const fileTime = new Date('1980-01-01T00:00:00Z');

/**
 * Packs files in the order of their paths. The compression is JavaScript's own, not the system's, so that the bytes do
 * not depend on the machine.
 */
export async function packLayer(files: readonly ImageFile[]): Promise<Layer> {
  const tar = await packed([...files].sort((a, b) => (a.path < b.path ? -1 : 1)));
  const bytes = gzipSync(tar, { level: 6, mtime: fileTime });
  return { bytes, digest: digestOf(bytes), diffId: digestOf(tar) };
}

async function packed(files: readonly ImageFile[]): Promise<Uint8Array> {
  const archive = pack();
  const owner = { uid: 0, gid: 0, uname: '', gname: '', mtime: fileTime };
  for (const folder of foldersOf(files))
    archive.entry({ ...owner, name: `${folder}/`, type: 'directory', mode: 0o755 });
  for (const { path, content, isExecutable } of files) {
    archive.entry({ ...owner, name: path, mode: isExecutable ? 0o755 : 0o644 }, Buffer.from(content));
  }
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks);
}

function foldersOf(files: readonly ImageFile[]): string[] {
  const folders = files.flatMap(({ path }) => {
    const parts = path.split('/').slice(0, -1);
    return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
  });
  return [...new Set(folders)].sort();
}
