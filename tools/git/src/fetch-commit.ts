import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { RetryableError } from '@luban-ci/core';
import type { ProgramResult } from '@luban-ci/process';
import { keepPack, shallowCommits } from './keep-pack.ts';
import { isObjectId } from './ref-name.ts';
import { remoteError, serverState } from './server-state.ts';
import type { WorkRepository } from './work-repository.ts';

/**
 * What is left out until it is asked for. `upper trees`: all but the root and the folders in it, where the server can
 * choose so (GitHub cannot), else files alone.
 */
export type ObjectFilter = 'tree:0' | 'upper trees' | 'blob:none' | 'none';

/** What to fetch, and how much of it. */
export interface FetchOptions {
  filter: ObjectFilter;
  /** Commits from the tip; 0 is whatever is not here yet. */
  depth: number;
  /** Patterns of further refs to fetch along, such as `refs/luban/*`; that there are none is no failure. */
  along?: readonly string[];
  /** Ids of further commits. */
  more?: readonly string[];
}

export interface FetchedRefs {
  commit: string;
  /** The refs that were fetched along, by full name. */
  along: ReadonlyMap<string, string>;
}

/**
 * Fetches what a ref or a commit id points at, without history unless `depth` says more.
 *
 * @returns its commit, or `undefined` when the server answers and has no such ref
 * @throws StepError or RetryableError when the server does not let us read
 */
export async function fetchCommit(
  repository: WorkRepository,
  wanted: string,
  options: FetchOptions,
): Promise<string | undefined> {
  const refs = isObjectId(wanted) ? undefined : await repository.talk((server) => server.listRefs([wanted]));
  const commit = isObjectId(wanted) ? wanted : refs?.get(wanted);
  if (refs !== undefined && commit === undefined) return undefined;
  if (commit !== undefined && (await fetchTalking(repository, [commit], options))) return commit;
  return (await fetchRefs(repository, wanted, options))?.commit;
}

/**
 * Fetches commits by their ids.
 *
 * @param haves commits that are here; without them and without a depth all that is reachable comes
 * @throws RetryableError when the server, which named them a moment ago, does not give them
 */
export async function fetchCommits(
  repository: WorkRepository,
  ids: readonly string[],
  options: { filter: ObjectFilter; depth: number },
  haves: readonly string[],
): Promise<void> {
  if (await fetchTalking(repository, ids, options, haves)) return;
  const [first = '', ...more] = ids;
  if ((await fetchRefs(repository, first, { ...options, more })) !== undefined) return;
  throw new RetryableError(`${repository.remote.url} has changed while it was read`);
}

/** In the conversation with the server. @returns whether they are here now */
async function fetchTalking(
  repository: WorkRepository,
  wants: readonly string[],
  { filter, depth }: { filter: ObjectFilter; depth: number },
  haves: readonly string[] = [],
): Promise<boolean> {
  const request = { wants, haves, shallow: await shallowCommits(repository), ...(depth === 0 ? {} : { depth }) };
  const pack = await repository.talk(async (server) => {
    if (filter === 'none') return server.fetchPack(request);
    if (filter !== 'upper trees') return server.fetchPack({ ...request, filter });
    const upper = await server.fetchPack({ ...request, filter: 'tree:2' });
    return upper ?? server.fetchPack({ ...request, filter: 'blob:none' });
  });
  if (pack !== undefined) await keepPack(repository, pack);
  return pack !== undefined;
}

const filterArguments: Record<ObjectFilter, string> = {
  'tree:0': '--filter=tree:0',
  'upper trees': '--filter=blob:none',
  'blob:none': '--filter=blob:none',
  none: '--no-filter',
};

/** The same with a git that is started for it, which looks at refs and fetches in one go; with what was fetched along. */
export async function fetchRefs(
  repository: WorkRepository,
  wanted: string,
  options: FetchOptions,
): Promise<FetchedRefs | undefined> {
  const depth = options.depth === 0 ? [] : [`--depth=${options.depth}`];
  const along = [...(options.along ?? []).map((pattern) => `+${pattern}:${pattern}`), ...(options.more ?? [])];
  const steady = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--force'];
  const fetch = (filter: string): Promise<ProgramResult> =>
    repository.git([...steady, ...depth, filter, 'origin', wanted, ...along]);
  const first = await fetch(filterArguments[options.filter]);
  if (first.exitCode === 0) return fetchedRefs(repository);
  const { settings, remote } = repository;
  const state = await serverState(settings, remote, 'git-upload-pack');
  if (state.state !== 'ready' && state.state !== 'unknown') throw remoteError(remote, state, 'read', first.stderr);
  if (await isAbsent(repository, wanted)) return undefined;
  const second = await fetch('--no-filter'); // some servers refuse filters, or this one
  if (second.exitCode === 0) return fetchedRefs(repository);
  if (!wanted.startsWith('refs/') && state.state === 'ready') return undefined;
  throw remoteError(remote, state, 'read', second.stderr);
}

/** FETCH_HEAD names what was fetched in the order it was asked for; only a tag has to be followed to its commit. */
async function fetchedRefs(repository: WorkRepository): Promise<FetchedRefs> {
  const [first = '', ...rest] = (await readFile(join(repository.folder, 'FETCH_HEAD'), 'utf8')).split('\n');
  const [id = '', , what = ''] = first.split('\t');
  const along = new Map(rest.flatMap(namedRef));
  if (what.startsWith('branch ')) return { commit: id, along };
  return { commit: (await repository.local(['rev-parse', '--verify', 'FETCH_HEAD^{commit}'])).trim(), along };
}

/** `<id>`, whether to merge it, and `'refs/other/name' of <url>` or `branch 'name' of <url>`, between tabs. */
function namedRef(line: string): [string, string][] {
  const [id = '', , what = ''] = line.split('\t');
  const [, kind, name] = /^(branch )?'(.+)' of /.exec(what) ?? [];
  return name === undefined ? [] : [[kind === undefined ? name : `refs/heads/${name}`, id]];
}

/** A ref can be looked up; a commit id that a server which answers does not give is absent to us. */
async function isAbsent(repository: WorkRepository, wanted: string): Promise<boolean> {
  if (!wanted.startsWith('refs/')) return false;
  const listed = await repository.git(['ls-remote', '--', 'origin', wanted]);
  if (listed.exitCode !== 0) throw remoteError(repository.remote, { state: 'unknown' }, 'read', listed.stderr);
  return !listed.stdout.split('\n').some((line) => line.endsWith(`\t${wanted}`));
}
