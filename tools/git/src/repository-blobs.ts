import { StepError } from '@luban-ci/core';
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
export async function readBlobs(repository: WorkRepository, ids: readonly string[]): Promise<Map<string, Uint8Array>> {
  return await readObjects(repository, ids, 'blob');
}

/** Bytes of objects by id. */
export async function readObjects(
  repository: WorkRepository,
  ids: readonly string[],
  type: 'blob' | 'commit',
): Promise<Map<string, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const chunks: Uint8Array[] = [];
  const input = `${ids.join('\n')}\n`;
  const read = await repository.git(['cat-file', '--batch'], { input, onBytes: (chunk) => chunks.push(chunk) });
  if (read.exitCode !== 0) throw new StepError(`could not read files from ${repository.remote.url}`);
  return new Map(splitBatch(Buffer.concat(chunks), type));
}

/** `git cat-file --batch` writes `<id> <type> <size>`, a newline, the bytes and a newline for each object. */
function* splitBatch(output: Buffer, wanted: string): Generator<[string, Uint8Array]> {
  let at = 0;
  while (at < output.length) {
    const lineEnd = output.indexOf(0x0a, at);
    const [id = '', type, size = ''] = output.toString('latin1', at, lineEnd).split(' ');
    if (type !== wanted) throw new StepError(`the server did not hand out the object ${id}`);
    const start = lineEnd + 1;
    at = start + Number(size) + 1;
    yield [id, output.subarray(start, at - 1)];
  }
}
