import { digestOf } from './digest.ts';
import type { KeptAnswers } from './kept-answers.ts';
import { parseManifest, type StoredManifest } from './manifest.ts';
import { formatReference, type ImageReference } from './reference.ts';

/** A manifest as it was when it was last read, and what the registry called that state. */
export interface KeptManifest {
  etag: string;
  manifest: StoredManifest;
}

export async function readKeptManifest(kept: KeptAnswers, image: ImageReference): Promise<KeptManifest | undefined> {
  const bytes = await kept.read(nameOf(image));
  if (bytes === undefined) return undefined;
  const content = Buffer.from(bytes);
  const afterEtag = content.indexOf('\n') + 1;
  const afterType = content.indexOf('\n', afterEtag) + 1;
  const body = content.subarray(afterType);
  const mediaType = content.toString('utf8', afterEtag, afterType - 1);
  const digest = digestOf(body);
  if (image.digest !== undefined && image.digest !== digest) return undefined;
  const manifest = parseManifest(body, mediaType, digest, `The kept manifest of ${formatReference(image)}`);
  return { etag: content.toString('utf8', 0, afterEtag - 1), manifest };
}

/** Only what has an ETag can be asked for again. */
export async function keepManifest(
  kept: KeptAnswers,
  image: ImageReference,
  manifest: StoredManifest,
  etag: string | null,
): Promise<void> {
  if (etag === null) return;
  const head = Buffer.from(`${etag}\n${manifest.mediaType}\n`);
  await kept.write(nameOf(image), Buffer.concat([head, manifest.bytes]));
}

function nameOf(image: ImageReference): string {
  return `manifest of ${formatReference(image)}`;
}
