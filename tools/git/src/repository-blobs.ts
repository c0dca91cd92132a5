import { StepError } from '@luban-ci/core';
import { keepPack } from './keep-pack.ts';
import { remoteError, serverState } from './server-state.ts';
import type { WorkRepository } from './work-repository.ts';

const quietly = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];

/**
 * Fetches blobs with one request. A server that does not give single objects gives the whole commit instead.
 *
 * @throws StepError or RetryableError when it gives neither
 */
export async function fetchBlobs(repository: WorkRepository, commit: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const pack = await repository.talk((server) => server.fetchPack({ wants: ids, filter: 'blob:none' }));
  if (pack !== undefined) return await keepPack(repository, pack);
  const single = await repository.git([...quietly, '--filter=blob:none', '--stdin', 'origin'], {
    input: `${ids.join('\n')}\n`,
    config: [['fetch.negotiationAlgorithm', 'noop']],
  });
  if (single.exitCode === 0) return;
  const whole = await repository.git([...quietly, '--refetch', '--no-filter', '--depth=1', 'origin', commit]);
  if (whole.exitCode === 0) return;
  const { settings, remote } = repository;
  throw remoteError(remote, await serverState(settings, remote, 'git-upload-pack'), 'read', whole.stderr);
}

/** Contents by blob id. */
export async function readBlobs(repository: WorkRepository, ids: readonly string[]): Promise<Map<string, Buffer>> {
  return await readObjects(repository, ids, 'blob');
}

/** Bytes of objects by id. @throws StepError when one is not here, or is of another type */
export async function readObjects(
  repository: WorkRepository,
  ids: readonly string[],
  type: 'blob' | 'commit' | 'tree',
): Promise<Map<string, Buffer>> {
  if (ids.length === 0) return new Map();
  const found = await repository.read(ids);
  const missing = ids.find((id) => found.get(id)?.type !== type);
  if (missing !== undefined) throw new StepError(`the server did not hand out the object ${missing}`);
  return new Map([...found].map(([id, { bytes }]) => [id, bytes]));
}

/** The same of one. */
export async function readObject(
  repository: WorkRepository,
  id: string,
  type: 'blob' | 'commit' | 'tree',
): Promise<Buffer> {
  const found = await readObjects(repository, [id], type);
  return found.get(id) ?? Buffer.alloc(0);
}
