import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Accounts } from '../accounts.ts';
import { empty, json, type Reply, sendReply } from '../server/reply.ts';
import type { ContentStore } from './content-store.ts';
import { refuse } from './failure.ts';
import { getManifest, putManifest } from './manifest-calls.ts';
import { isDigest, isRepository, type RegistryTarget, registryTarget } from './registry-target.ts';
import { unlessKnown } from './unless-known.ts';
import { answerUpload, startUpload } from './upload-calls.ts';

/** One call of the registry. */
export interface RegistryCall {
  content: ContentStore;
  request: IncomingMessage;
  method: string;
  query: URLSearchParams;
}

const version = { 'docker-distribution-api-version': 'registry/2.0' };

/** Answers a call below `/v2/`: the OCI distribution specification 1.1, without deletion and referrers. */
export async function serveRegistry(
  content: ContentStore,
  accounts: Accounts,
  segments: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? 'GET';
  const query = new URL(request.url ?? '/', 'http://registry.localhost').searchParams;
  const call = { content, request, method, query };
  const target = registryTarget(segments);
  const isHead = method === 'HEAD';
  if (accounts.identify(request.headers.authorization) === undefined) {
    const challenge = { 'www-authenticate': 'Basic realm="luban playground"', ...version };
    return sendReply(response, refuse(401, 'UNAUTHORIZED', 'authentication required', challenge), isHead);
  }
  if (target === undefined || target === 'bad-name') {
    const reply =
      target === undefined
        ? refuse(404, 'NAME_UNKNOWN', 'no such path')
        : refuse(400, 'NAME_INVALID', 'invalid repository name');
    return sendReply(response, reply, isHead);
  }
  if (target.kind === 'blob' && method === 'GET') return serveBlob(call, target, response);
  const reply = await answer(call, target);
  sendReply(response, { ...reply, headers: { ...version, ...reply.headers } }, isHead);
}

async function answer(call: RegistryCall, target: RegistryTarget): Promise<Reply> {
  const { method } = call;
  const isRead = method === 'GET' || method === 'HEAD';
  if (target.kind === 'root' && isRead) return json(200, {});
  if (target.kind === 'tags' && isRead) return listTags(call, target.repository);
  if (target.kind === 'manifest' && isRead) return getManifest(call, target);
  if (target.kind === 'manifest' && method === 'PUT') return putManifest(call, target);
  if (target.kind === 'blob' && method === 'HEAD') return headBlob(call, target);
  if (target.kind === 'uploads' && method === 'POST') return startUpload(call, target.repository);
  if (target.kind === 'upload') return answerUpload(call, target);
  return refuse(405, 'UNSUPPORTED', 'the operation is unsupported');
}

async function headBlob(call: RegistryCall, target: { repository: string; digest: string }): Promise<Reply> {
  if (!isDigest(target.digest)) return refuse(400, 'DIGEST_INVALID', 'the digest is not sha256');
  const size = await call.content.blobSize(target.repository, target.digest);
  if (size === undefined) return refuse(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
  return empty(200, blobHeaders(target.digest, size));
}

async function serveBlob(
  call: RegistryCall,
  target: { repository: string; digest: string },
  response: ServerResponse,
): Promise<void> {
  const head = await headBlob(call, target);
  if (head.status !== 200) return sendReply(response, head, false);
  response.writeHead(200, { ...version, ...head.headers });
  await pipeline(call.content.openBlob(target.digest), response).catch(() => response.destroy());
}

function blobHeaders(digest: string, size: number): Record<string, string> {
  return {
    'content-type': 'application/octet-stream',
    'content-length': String(size),
    'docker-content-digest': digest,
    etag: `"${digest}"`,
  };
}

/**
 * `n` and `last` as the specification has them. The ETag is that of all tags, on every page: whoever knows the pages of a
 * list and asks for one of them learns whether anything has changed.
 */
async function listTags(call: RegistryCall, repository: string): Promise<Reply> {
  const tags = isRepository(repository) ? await call.content.listTags(repository) : undefined;
  if (tags === undefined) return refuse(404, 'NAME_UNKNOWN', 'repository name not known to registry');
  const etag = `"${createHash('sha256').update(tags.join('\n')).digest('hex')}"`;
  const last = call.query.get('last') ?? '';
  const n = call.query.get('n');
  const rest = tags.filter((tag) => tag > last);
  const page = n === null || !/^\d+$/.test(n) ? rest : rest.slice(0, Number(n));
  const next = new URLSearchParams({ n: n ?? '', last: page.at(-1) ?? '' });
  const link =
    page.length < rest.length && page.length > 0 ? { link: `</v2/${repository}/tags/list?${next}>; rel="next"` } : {};
  return unlessKnown(call.request, json(200, { name: repository, tags: page }, { etag, ...link }));
}
