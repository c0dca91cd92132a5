import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, type ReadStream } from 'node:fs';
import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/**
 * Blobs, manifests and tags on disk. Blobs are kept once for all repositories; a repository has marks for those that it
 * may serve. Every write is a rename. Callers pass only names, tags and digests that they have checked.
 */
export interface ContentStore {
  blobSize(repository: string, digest: string): Promise<number | undefined>;
  openBlob(digest: string): ReadStream;
  /** Lets a repository serve a blob that another one has. False when that one has not. */
  mountBlob(repository: string, digest: string, from: string): Promise<boolean>;
  startUpload(repository: string): Promise<string>;
  /** Bytes that an upload has so far; `undefined` when there is no such upload. */
  uploadSize(repository: string, upload: string): Promise<number | undefined>;
  appendUpload(repository: string, upload: string, chunks: NodeJS.ReadableStream): Promise<number>;
  /** Turns an upload into a blob; false, and the upload is gone, when its bytes have another digest. */
  finishUpload(repository: string, upload: string, digest: string): Promise<boolean>;
  dropUpload(repository: string, upload: string): Promise<void>;
  readManifest(repository: string, reference: string): Promise<StoredManifest | undefined>;
  writeManifest(repository: string, manifest: StoredManifest, tag: string | undefined): Promise<void>;
  /** Sorted; `undefined` for a repository that has nothing. */
  listTags(repository: string): Promise<string[] | undefined>;
  /** How many repositories with something in them there are below a path's first segment. */
  countRepositories(project: string): Promise<number>;
}

export interface StoredManifest {
  digest: string;
  mediaType: string;
  bytes: Buffer;
}

export function createContentStore(folder: string): ContentStore {
  const hex = (digest: string): string => digest.slice('sha256:'.length);
  const blobFile = (digest: string): string => join(folder, 'blobs', hex(digest).slice(0, 2), hex(digest));
  const inRepository = (repository: string, ...rest: string[]): string =>
    join(folder, 'repositories', ...repository.split('/'), ...rest);
  const markFile = (repository: string, digest: string): string => inRepository(repository, '_layers', hex(digest));
  const uploadFile = (repository: string, upload: string): string => inRepository(repository, '_uploads', upload);
  const manifestFile = (repository: string, digest: string): string =>
    inRepository(repository, '_manifests', hex(digest));
  const tagFile = (repository: string, tag: string): string => inRepository(repository, '_tags', tag);

  return {
    blobSize: async (repository, digest) =>
      (await exists(markFile(repository, digest))) ? sizeOf(blobFile(digest)) : undefined,
    openBlob: (digest) => createReadStream(blobFile(digest)),
    mountBlob: async (repository, digest, from) => {
      if (!(await exists(markFile(from, digest)))) return false;
      await writeWhole(markFile(repository, digest), '');
      return true;
    },
    countRepositories: (project) => countRepositoriesIn(inRepository(project)),
    startUpload: async (repository) => {
      const upload = randomUUID();
      await writeWhole(uploadFile(repository, upload), '');
      return upload;
    },
    uploadSize: (repository, upload) => sizeOf(uploadFile(repository, upload)),
    appendUpload: async (repository, upload, chunks) => {
      await pipeline(chunks, createWriteStream(uploadFile(repository, upload), { flags: 'a' }));
      return (await sizeOf(uploadFile(repository, upload))) ?? 0;
    },
    finishUpload: async (repository, upload, digest) => {
      const from = uploadFile(repository, upload);
      if ((await digestOfFile(from)) !== digest) {
        await rm(from, { force: true });
        return false;
      }
      await mkdir(dirname(blobFile(digest)), { recursive: true });
      await rename(from, blobFile(digest));
      await writeWhole(markFile(repository, digest), '');
      return true;
    },
    dropUpload: (repository, upload) => rm(uploadFile(repository, upload), { force: true }),
    readManifest: async (repository, reference) => {
      const digest = reference.startsWith('sha256:') ? reference : await readText(tagFile(repository, reference));
      if (digest === undefined) return undefined;
      const mediaType = await readText(`${manifestFile(repository, digest)}.type`);
      if (mediaType === undefined) return undefined;
      return { digest, mediaType, bytes: await readFile(manifestFile(repository, digest)) };
    },
    writeManifest: async (repository, { digest, mediaType, bytes }, tag) => {
      await writeWhole(manifestFile(repository, digest), bytes);
      await writeWhole(`${manifestFile(repository, digest)}.type`, mediaType);
      if (tag !== undefined) await writeWhole(tagFile(repository, tag), digest);
    },
    listTags: async (repository) => {
      const tags = await readdir(inRepository(repository, '_tags')).catch(() => undefined);
      if (tags !== undefined) return tags.filter((tag) => !tag.startsWith('.')).sort();
      return (await exists(inRepository(repository, '_manifests'))) ? [] : undefined;
    },
  };
}

/** A repository is a folder that has manifests. */
async function countRepositoriesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isDirectory() && entry.name === '_manifests').length;
}

async function digestOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  const count = new Transform({
    transform: (chunk, _encoding, done) => {
      hash.update(chunk);
      done();
    },
  });
  await pipeline(createReadStream(path), count);
  return `sha256:${hash.digest('hex')}`;
}

/** A tag may begin with anything but a dot, so a temporary name with one is never taken for a tag. */
async function writeWhole(path: string, content: string | Buffer): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = join(dirname(path), `.${randomUUID()}`);
  await writeFile(temporary, content);
  await rename(temporary, path);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

async function sizeOf(path: string): Promise<number | undefined> {
  return stat(path).then(
    ({ size }) => size,
    () => undefined,
  );
}

async function readText(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
