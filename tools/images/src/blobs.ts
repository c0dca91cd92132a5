import { createHash } from 'node:crypto';
import { InputError, StepError } from '@luban-ci/core';
import { bodyOf, chunksOf } from './body.ts';
import { digestOf, isDigest } from './digest.ts';
import type { ImageRepository } from './reference.ts';
import type { RegistryRequest, RegistrySession } from './session.ts';

/** A blob to upload: bytes, or a stream that can be opened again when a try fails. */
export type BlobSource =
  | { bytes: Uint8Array }
  | { digest: string; size: number; open: () => AsyncIterable<Uint8Array> };

export interface OpenedBlob {
  /** In bytes, where the registry says. */
  size: number | undefined;
  content: AsyncIterable<Uint8Array>;
}

const defaultLimitBytes = 64 * 1024 * 1024;

export async function hasBlob(session: RegistrySession, repository: ImageRepository, digest: string): Promise<boolean> {
  const response = await session.send({
    ...blobRequest(repository, digest, 'Looking for'),
    method: 'HEAD',
    expected: [200, 404],
  });
  return response.status === 200;
}

export async function openBlob(
  session: RegistrySession,
  repository: ImageRepository,
  digest: string,
): Promise<OpenedBlob | undefined> {
  const response = await fetchBlob(session, repository, digest);
  if (response === undefined) return undefined;
  const length = response.headers.get('content-length');
  return {
    size: length === null ? undefined : Number(length),
    content: verified(response, session, nameOf(repository, digest), digest),
  };
}

export async function readBlob(
  session: RegistrySession,
  repository: ImageRepository,
  digest: string,
  limitBytes = defaultLimitBytes,
): Promise<Uint8Array | undefined> {
  const response = await fetchBlob(session, repository, digest);
  if (response === undefined) return undefined;
  const what = nameOf(repository, digest);
  const bytes = await bodyOf(response, session, { what, limitBytes });
  if (digestOf(bytes) !== digest) throw wrongContent(what);
  return bytes;
}

async function fetchBlob(
  session: RegistrySession,
  repository: ImageRepository,
  digest: string,
): Promise<Response | undefined> {
  const request = blobRequest(repository, digest, 'Reading');
  const response = await session.send({ ...request, method: 'GET', expected: [200, 404] });
  if (response.status === 200) return response;
  await response.body?.cancel();
  return undefined;
}

/** HEAD, then POST for a place and one PUT with everything ("POST then PUT" of the distribution specification). */
export async function uploadBlob(
  session: RegistrySession,
  repository: ImageRepository,
  blob: BlobSource,
): Promise<{ changed: boolean }> {
  const digest = 'bytes' in blob ? digestOf(blob.bytes) : blob.digest;
  if (await hasBlob(session, repository, digest)) return { changed: false };
  const request = { ...pushRequest(repository), action: `Uploading ${nameOf(repository, digest)}` };
  const started = await session.send({
    ...request,
    method: 'POST',
    target: `/v2/${repository.path}/blobs/uploads/`,
    headers: { 'content-length': '0' },
    expected: [202],
  });
  await started.body?.cancel();
  await finishUpload(session, request, started, blob, digest);
  return { changed: true };
}

export async function mountBlob(
  session: RegistrySession,
  repository: ImageRepository,
  digest: string,
  from: ImageRepository,
): Promise<boolean> {
  if (!isDigest(digest)) throw notADigest(digest);
  if (from.registry !== repository.registry) return false;
  const query = new URLSearchParams({ mount: digest, from: from.path });
  const push = pushRequest(repository);
  const response = await session.send({
    ...push,
    action: `Mounting ${nameOf(repository, digest)}`,
    method: 'POST',
    target: `/v2/${repository.path}/blobs/uploads/?${query}`,
    scopes: [...push.scopes, `repository:${from.path}:pull`],
    headers: { 'content-length': '0' },
    // 202 is the registry's polite no: it has begun an ordinary upload instead, which it forgets by itself
    expected: [201, 202],
  });
  await response.body?.cancel();
  return response.status === 201;
}

async function finishUpload(
  session: RegistrySession,
  request: Pick<RegistryRequest, 'registry' | 'scopes' | 'action'>,
  started: Response,
  blob: BlobSource,
  digest: string,
): Promise<void> {
  const location = started.headers.get('location');
  const target = location === null ? null : URL.parse(location, started.url);
  if (target === null) throw new StepError(`${request.action} failed: the registry did not say where to send it`);
  target.searchParams.set('digest', digest);
  const size = 'bytes' in blob ? blob.bytes.byteLength : blob.size;
  const response = await session.send({
    ...request,
    method: 'PUT',
    target: target.href,
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(size) },
    body: () => ('bytes' in blob ? new Uint8Array(blob.bytes) : ReadableStream.from(blob.open())),
    expected: [201],
  });
  await response.body?.cancel();
}

function blobRequest(repository: ImageRepository, digest: string, verb: string) {
  if (!isDigest(digest)) throw notADigest(digest);
  return {
    registry: repository.registry,
    action: `${verb} ${nameOf(repository, digest)}`,
    target: `/v2/${repository.path}/blobs/${digest}`,
    scopes: [`repository:${repository.path}:pull`],
  };
}

function pushRequest(repository: ImageRepository): Pick<RegistryRequest, 'registry' | 'scopes'> {
  return { registry: repository.registry, scopes: [`repository:${repository.path}:pull,push`] };
}

async function* verified(
  response: Response,
  session: RegistrySession,
  what: string,
  digest: string,
): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of chunksOf(response, session, { what, limitBytes: Number.POSITIVE_INFINITY })) {
    hash.update(chunk);
    yield chunk;
  }
  if (`sha256:${hash.digest('hex')}` !== digest) throw wrongContent(what);
}

function nameOf(repository: ImageRepository, digest: string): string {
  return `${repository.registry}/${repository.path}@${digest}`;
}

function wrongContent(what: string): StepError {
  return new StepError(`The content of ${what} does not have that digest`, {
    hint: 'Something between here and the registry changes content; nothing of it is used.',
  });
}

function notADigest(digest: string): InputError {
  return new InputError(`${JSON.stringify(digest)} is not a digest; expected sha256: and 64 hexadecimal digits`);
}
