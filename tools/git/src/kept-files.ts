import { join } from 'node:path';
import { type Files, isRepositoryPath, type RepositoryFile } from '@luban-ci/edits';
import { fetchCommit } from './fetch-commit.ts';
import { type FileIndex, indexName, readIndex, writeIndex } from './file-index.ts';
import type { FilesOfBranch } from './find-files.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { checkRefName } from './ref-name.ts';
import { listRefs } from './remote-refs.ts';
import { fetchBlobs, readBlobs } from './repository-blobs.ts';
import { allEntries, type TreeEntry } from './repository-files.ts';
import { openWorkRepository, type WorkRepository } from './work-repository.ts';

/** Which files of a branch, and where they are kept from one question to the next. */
export interface KeptFilesRequest {
  url: string;
  branch: string;
  /** What this choice of files is called; another one has another name. */
  choice: string;
  isWanted(path: string): boolean;
  /** Absolute path of a folder that only this user can read; without one nothing is kept. */
  folder?: string | undefined;
}

export interface KeptFiles extends FilesOfBranch {
  /** How many contents came from the server; none where the tip is the one that was kept. */
  fetched: number;
}

/**
 * Reads the wanted files at the tip of a branch, and keeps them by that tip: asked again, the server only says that it
 * has not moved. Where it has, its trees are fetched, and those contents that are not here yet.
 *
 * @returns `undefined` when there is no such branch
 * @throws StepError or RetryableError when the server does not let us read
 */
export async function keptFiles(
  settings: GitSettings,
  remote: GitUrl,
  request: KeptFilesRequest,
): Promise<KeptFiles | undefined> {
  const { branch, choice, folder } = request;
  const ref = `refs/heads/${checkRefName(branch, 'branch')}`;
  const path = folder === undefined ? undefined : join(folder, indexName(remote.url, branch, choice));
  const kept = path === undefined ? undefined : await readIndex(path);
  if (kept !== undefined) {
    const [tip] = await listRefs(settings, remote, [ref]);
    if (tip?.commit === kept.commit) return { commit: kept.commit, files: filesIn(kept), fetched: 0 };
  }
  await using repository = await openWorkRepository(settings, remote);
  const commit = await fetchCommit(repository, ref, { filter: 'blob:none', depth: 1 });
  if (commit === undefined) return undefined;
  const entries = (await allEntries(repository, commit)).filter((each) => request.isWanted(each.path));
  const { blobs, fetched } = await contents(repository, commit, entries, kept);
  const index = { commit, entries: entries.map(({ path: file, id, mode }) => ({ path: file, id, mode })), blobs };
  if (path !== undefined) await writeIndex(path, index, settings.log);
  return { commit, files: filesIn(index), fetched };
}

async function contents(
  repository: WorkRepository,
  commit: string,
  entries: readonly TreeEntry[],
  kept: FileIndex | undefined,
): Promise<{ blobs: Map<string, Uint8Array>; fetched: number }> {
  const ids = new Set(entries.map(({ id }) => id));
  const known = [...(kept?.blobs ?? [])].filter(([id]) => ids.has(id));
  const here = new Set(known.map(([id]) => id));
  const missing = [...ids].filter((id) => !here.has(id));
  await fetchBlobs(repository, commit, missing);
  const read = await readBlobs(repository, missing);
  return { blobs: new Map([...known, ...read]), fetched: missing.length };
}

function filesIn({ entries, blobs }: FileIndex): Files {
  return new Map(
    entries.flatMap(({ path, id, mode }): [string, RepositoryFile][] => {
      const bytes = blobs.get(id);
      return bytes === undefined || !isRepositoryPath(path) ? [] : [[path, { bytes, executable: mode === '100755' }]];
    }),
  );
}
