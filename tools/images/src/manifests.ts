import { InputError, StepError } from '@luban-ci/core';
import { readBlob } from './blobs.ts';
import { bodyOf } from './body.ts';
import { digestOf, isDigest } from './digest.ts';
import { keepManifest, readKeptManifest } from './kept-manifest.ts';
import {
  acceptedManifests,
  type Descriptor,
  ImageConfig,
  type Platform,
  parsedJson,
  parseManifest,
  pickPlatform,
  type StoredManifest,
} from './manifest.ts';
import { formatReference, type ImageReference, type ImageRepository } from './reference.ts';
import type { RegistrySession } from './session.ts';
import { isTag } from './tag.ts';

/** The limit that the distribution specification asks registries to keep at least. */
const manifestLimitBytes = 4 * 1024 * 1024;

/** HEAD, and GET where a registry answers HEAD without a digest or not at all. */
export async function resolve(
  session: RegistrySession,
  image: ImageReference,
): Promise<{ digest: string; mediaType: string } | undefined> {
  const response = await session.send({
    ...manifestRequest(image, 'HEAD', `Resolving ${formatReference(image)}`),
    expected: [200, 404, 405],
  });
  if (response.status === 404) return undefined;
  const digest = response.headers.get('docker-content-digest') ?? '';
  if (response.status === 200 && isDigest(digest)) {
    if (image.digest !== undefined && digest !== image.digest) throw mismatch(formatReference(image), digest);
    return { digest, mediaType: mediaTypeOf(response) };
  }
  const manifest = await getManifest(session, image);
  return manifest && { digest: manifest.digest, mediaType: manifest.mediaType };
}

/** Asked for with the ETag of what was kept, so that what has not changed is not sent again; it is always asked for. */
export async function getManifest(
  session: RegistrySession,
  image: ImageReference,
): Promise<StoredManifest | undefined> {
  const name = formatReference(image);
  const known = await readKeptManifest(session.kept, image);
  const request = manifestRequest(image, 'GET', `Reading ${name}`);
  const response = await session.send({
    ...request,
    headers: { ...request.headers, ...(known === undefined ? {} : { 'if-none-match': known.etag }) },
    expected: known === undefined ? [200, 404] : [200, 304, 404],
  });
  if (response.status === 304) {
    await response.body?.cancel();
    return known?.manifest;
  }
  const what = `The manifest of ${name}`;
  const bytes = await bodyOf(response, session, { what, limitBytes: manifestLimitBytes });
  if (response.status === 404) return undefined;
  const digest = digestOf(bytes);
  const announced = image.digest ?? response.headers.get('docker-content-digest') ?? digest;
  if (announced !== digest && isDigest(announced)) throw mismatch(what, digest);
  const manifest = parseManifest(bytes, mediaTypeOf(response), digest, what);
  await keepManifest(session.kept, image, manifest, response.headers.get('etag'));
  return manifest;
}

export async function putManifest(
  session: RegistrySession,
  repository: ImageRepository,
  manifest: { bytes: Uint8Array; mediaType: string },
  tag?: string,
): Promise<Descriptor> {
  if (tag !== undefined && !isTag(tag)) throw notATag(tag);
  const digest = digestOf(manifest.bytes);
  const image = tag === undefined ? { ...repository, digest } : { ...repository, tag };
  const response = await session.send({
    ...manifestRequest(image, 'PUT', `Writing ${formatReference(image)}`),
    headers: { 'content-type': manifest.mediaType },
    body: () => new Uint8Array(manifest.bytes),
    expected: [201],
  });
  await response.body?.cancel();
  const stored = response.headers.get('docker-content-digest');
  if (stored !== null && stored !== digest)
    throw mismatch(`What the registry stored as ${formatReference(image)}`, stored);
  return { mediaType: manifest.mediaType, digest, size: manifest.bytes.byteLength };
}

/** The manifest goes back byte for byte, so that the tag has the very digest that was tested. */
export async function retag(
  session: RegistrySession,
  repository: ImageRepository,
  digest: string,
  tag: string,
): Promise<{ changed: boolean }> {
  if (!isTag(tag)) throw notATag(tag);
  const manifest = await getManifest(session, { ...repository, digest });
  if (manifest === undefined) {
    throw new StepError(`${formatReference({ ...repository, digest })} does not exist, so it cannot be tagged ${tag}`, {
      hint: 'See that the image was pushed and has not been cleaned up.',
    });
  }
  const present = await resolve(session, { ...repository, tag });
  if (present?.digest === digest) return { changed: false };
  await putManifest(session, repository, manifest, tag);
  return { changed: true };
}

export async function readImageConfig(
  session: RegistrySession,
  image: ImageReference,
  platform: Platform = { os: 'linux', architecture: 'amd64' },
): Promise<ImageConfig | undefined> {
  const manifest = await getManifest(session, image);
  if (manifest === undefined) return undefined;
  const name = formatReference(image);
  if (manifest.kind === 'index') {
    const entry = pickPlatform(manifest.index, platform);
    if (entry === undefined) throw new StepError(`${name} has no image for ${platform.os}/${platform.architecture}`);
    return readImageConfig(session, { registry: image.registry, path: image.path, digest: entry.digest }, platform);
  }
  const bytes = await configBytes(session, image, manifest.image.config.digest);
  if (bytes === undefined) throw new StepError(`The configuration that ${name} names does not exist`);
  const config = ImageConfig.safeParse(parsedJson(bytes, `The configuration of ${name}`));
  if (!config.success) throw new StepError(`The configuration of ${name} is not one`, { cause: config.error });
  return config.data;
}

/** A blob is its digest, so one that was kept needs no asking; who may read the manifest may read what it names. */
async function configBytes(
  session: RegistrySession,
  image: ImageRepository,
  digest: string,
): Promise<Uint8Array | undefined> {
  const kept = await session.kept.read(`blob ${digest}`);
  if (kept !== undefined && digestOf(kept) === digest) return kept;
  const bytes = await readBlob(session, image, digest, manifestLimitBytes);
  if (bytes !== undefined) await session.kept.write(`blob ${digest}`, bytes);
  return bytes;
}

function manifestRequest(image: ImageReference, method: 'GET' | 'HEAD' | 'PUT', action: string) {
  const right = method === 'PUT' ? 'pull,push' : 'pull';
  return {
    registry: image.registry,
    action,
    method,
    target: `/v2/${image.path}/manifests/${image.digest ?? image.tag ?? 'latest'}`,
    scopes: [`repository:${image.path}:${right}`],
    headers: { accept: acceptedManifests },
  };
}

function mediaTypeOf(response: Response): string {
  return (response.headers.get('content-type') ?? '').split(';')[0]?.trim() ?? '';
}

function mismatch(what: string, found: string): StepError {
  return new StepError(`${what} has the digest ${found}, which is not the one that was asked for`, {
    hint: 'Something between here and the registry changes content; nothing of it is used.',
  });
}

function notATag(tag: string): InputError {
  return new InputError(`${JSON.stringify(tag)} is not a tag; expected at most 128 letters, digits, _ . -`);
}
