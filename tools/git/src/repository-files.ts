import { InputError, StepError } from '@luban-ci/core';
import { type Files, isRepositoryPath, type RepositoryFile } from '@luban-ci/edits';
import { fetchCommit, type WorkRepository } from './work-repository.ts';

interface TreeEntry {
  mode: string;
  id: string;
  path: string;
}

/**
 * Reads files of a fetched commit: those named, and all below folders that are named. The blobs that are missing come
 * with one request.
 *
 * @throws InputError for a path that leaves the repository; StepError for a symbolic link, which could point anywhere
 */
export async function filesAt(repository: WorkRepository, commit: string, paths: readonly string[]): Promise<Files> {
  const bad = paths.filter((path) => path !== '' && !isRepositoryPath(path));
  if (bad.length > 0) {
    const expected = 'expected a relative path inside the repository, without `..` and outside `.git`';
    throw new InputError(`${JSON.stringify(bad[0])} is not a path in a repository`, [{ field: 'path', expected }]);
  }
  if (paths.length === 0) return new Map();
  const entries = await entriesAt(repository, commit, paths);
  const blobs = await blobsOf(repository, commit, [...new Set(entries.map(({ id }) => id))]);
  return new Map(
    entries.map(({ path, mode, id }): [string, RepositoryFile] => {
      return [path, { bytes: blobs.get(id) ?? new Uint8Array(), executable: mode === '100755' }];
    }),
  );
}

async function entriesAt(repository: WorkRepository, commit: string, paths: readonly string[]): Promise<TreeEntry[]> {
  const wanted = paths.includes('') ? [] : paths;
  const listing = await repository.local(['ls-tree', '-r', '-z', '--full-tree', commit, '--', ...wanted]);
  const entries = listing.split('\0').flatMap((line) => {
    const [, mode = '', id = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    return path === '' || mode === '160000' ? [] : [{ mode, id, path }];
  });
  const link = entries.find(({ mode }) => mode === '120000');
  if (link === undefined) return entries;
  throw new StepError(`${link.path} is a symbolic link, which is not followed`, {
    hint: 'Name the file or folder that it points at.',
  });
}

async function blobsOf(
  repository: WorkRepository,
  commit: string,
  ids: readonly string[],
): Promise<Map<string, Uint8Array>> {
  if (ids.length === 0) return new Map();
  const list = `${ids.join('\n')}\n`;
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--no-write-fetch-head'];
  const fetched = await repository.git([...fetch, '--filter=blob:none', '--stdin', 'origin'], {
    input: list,
    config: [['fetch.negotiationAlgorithm', 'noop']],
  });
  if (fetched.exitCode !== 0) await fetchCommit(repository, commit, { filter: 'none', depth: 1 });
  const chunks: Uint8Array[] = [];
  const read = await repository.git(['cat-file', '--batch'], { input: list, onBytes: (chunk) => chunks.push(chunk) });
  if (read.exitCode !== 0) throw new StepError(`could not read files of ${commit} from ${repository.remote.url}`);
  return new Map(splitBatch(Buffer.concat(chunks)));
}

/** `git cat-file --batch` writes `<id> <type> <size>`, a newline, the bytes and a newline for each object. */
function* splitBatch(output: Buffer): Generator<[string, Uint8Array]> {
  let at = 0;
  while (at < output.length) {
    const lineEnd = output.indexOf(0x0a, at);
    const [id = '', type, size = ''] = output.toString('latin1', at, lineEnd).split(' ');
    if (type !== 'blob') throw new StepError(`the server did not hand out the object ${id}`);
    const start = lineEnd + 1;
    at = start + Number(size) + 1;
    yield [id, output.subarray(start, at - 1)];
  }
}
