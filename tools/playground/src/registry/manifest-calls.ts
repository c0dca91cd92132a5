import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readBody } from '../server/read-body.ts';
import { empty, type Reply } from '../server/reply.ts';
import { refuse } from './failure.ts';
import type { RegistryCall } from './registry-site.ts';
import { isDigest, isTag } from './registry-target.ts';
import { unlessKnown } from './unless-known.ts';

const limitBytes = 4 * 1024 * 1024;

const Descriptor = z.object({ digest: z.string(), mediaType: z.string(), size: z.int() });
const Manifest = z.object({
  schemaVersion: z.literal(2),
  mediaType: z.string().optional(),
  config: Descriptor.optional(),
  layers: z.array(Descriptor).optional(),
  manifests: z.array(Descriptor).optional(),
});

interface ManifestTarget {
  repository: string;
  reference: string;
}

export async function getManifest(call: RegistryCall, { repository, reference }: ManifestTarget): Promise<Reply> {
  const isPossible = isDigest(reference) || isTag(reference);
  const found = isPossible ? await call.content.readManifest(repository, reference) : undefined;
  if (found === undefined) return refuse(404, 'MANIFEST_UNKNOWN', 'manifest unknown');
  const headers = {
    'content-type': found.mediaType,
    'docker-content-digest': found.digest,
    etag: `"${found.digest}"`,
  };
  return unlessKnown(call.request, { status: 200, headers, body: found.bytes });
}

/** Stores a manifest whose blobs are all there. */
export async function putManifest(call: RegistryCall, { repository, reference }: ManifestTarget): Promise<Reply> {
  if (!isDigest(reference) && !isTag(reference)) return refuse(400, 'MANIFEST_INVALID', 'neither a tag nor a digest');
  const bytes = await readBody(call.request, limitBytes);
  const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
  if (isDigest(reference) && reference !== digest) {
    return refuse(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
  }
  const manifest = Manifest.safeParse(parsed(bytes));
  const mediaType = (call.request.headers['content-type'] ?? manifest.data?.mediaType ?? '').split(';')[0] ?? '';
  if (!manifest.success || !/^application\/[\w.+-]+$/.test(mediaType)) {
    return refuse(400, 'MANIFEST_INVALID', 'manifest invalid');
  }
  const missing = await missingContent(call, repository, manifest.data);
  if (missing !== undefined) return refuse(400, 'MANIFEST_BLOB_UNKNOWN', `${missing} is unknown to registry`);
  await call.content.writeManifest(repository, { digest, mediaType, bytes }, isTag(reference) ? reference : undefined);
  return empty(201, { location: `/v2/${repository}/manifests/${digest}`, 'docker-content-digest': digest });
}

async function missingContent(
  call: RegistryCall,
  repository: string,
  manifest: z.output<typeof Manifest>,
): Promise<string | undefined> {
  for (const { digest } of [...(manifest.config ? [manifest.config] : []), ...(manifest.layers ?? [])]) {
    if (!isDigest(digest) || (await call.content.blobSize(repository, digest)) === undefined) return digest;
  }
  for (const { digest } of manifest.manifests ?? []) {
    if (!isDigest(digest) || (await call.content.readManifest(repository, digest)) === undefined) return digest;
  }
  return undefined;
}

function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
}
