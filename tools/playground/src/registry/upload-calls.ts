import { empty, type Reply } from '../server/reply.ts';
import { refuse } from './failure.ts';
import type { RegistryCall } from './registry-site.ts';
import { isDigest, isRepository } from './registry-target.ts';

/** POST: begins an upload, mounts a blob of another repository, or takes a whole blob at once. */
export async function startUpload(call: RegistryCall, repository: string): Promise<Reply> {
  const { content, query } = call;
  const [mount, from] = [query.get('mount'), query.get('from')];
  if (mount !== null && from !== null && isDigest(mount) && isRepository(from)) {
    if (await content.mountBlob(repository, mount, from)) return created(repository, mount);
  }
  const upload = await content.startUpload(repository);
  const digest = query.get('digest');
  if (digest === null) return accepted(repository, upload, 0, 202);
  await content.appendUpload(repository, upload, call.request);
  return finish(call, repository, upload, digest);
}

export async function answerUpload(
  call: RegistryCall,
  { repository, upload }: { repository: string; upload: string },
): Promise<Reply> {
  const { content, method } = call;
  const size = /^[0-9a-f-]{36}$/.test(upload) ? await content.uploadSize(repository, upload) : undefined;
  if (size === undefined) return refuse(404, 'BLOB_UPLOAD_UNKNOWN', 'blob upload unknown to registry');
  if (method === 'GET') return accepted(repository, upload, size, 204);
  if (method === 'DELETE') {
    await content.dropUpload(repository, upload);
    return empty(204);
  }
  if (method === 'PATCH') {
    const start = /^(\d+)-\d+$/.exec(call.request.headers['content-range'] ?? '')?.[1];
    if (start !== undefined && Number(start) !== size) return { ...accepted(repository, upload, size, 416) };
    return accepted(repository, upload, await content.appendUpload(repository, upload, call.request), 202);
  }
  if (method !== 'PUT') return refuse(405, 'UNSUPPORTED', 'the operation is unsupported');
  await content.appendUpload(repository, upload, call.request);
  return finish(call, repository, upload, call.query.get('digest') ?? '');
}

async function finish(call: RegistryCall, repository: string, upload: string, digest: string): Promise<Reply> {
  if (!isDigest(digest)) {
    await call.content.dropUpload(repository, upload);
    return refuse(400, 'DIGEST_INVALID', 'the digest is not sha256');
  }
  if (await call.content.finishUpload(repository, upload, digest)) return created(repository, digest);
  return refuse(400, 'DIGEST_INVALID', 'provided digest did not match uploaded content');
}

function created(repository: string, digest: string): Reply {
  return empty(201, { location: `/v2/${repository}/blobs/${digest}`, 'docker-content-digest': digest });
}

function accepted(repository: string, upload: string, size: number, status: number): Reply {
  return empty(status, {
    location: `/v2/${repository}/blobs/uploads/${upload}`,
    'docker-upload-uuid': upload,
    range: `0-${Math.max(0, size - 1)}`,
  });
}
