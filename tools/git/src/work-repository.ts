import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StepError } from '@luban-ci/core';
import type { ProgramResult } from '@luban-ci/process';
import { type GitCall, runGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { remoteError, serverState } from './server-state.ts';

/** A private, bare repository in a temporary folder that fetches from one server only what is asked for. */
export interface WorkRepository extends AsyncDisposable {
  /** Absolute path. */
  readonly folder: string;
  readonly settings: GitSettings;
  readonly remote: GitUrl;
  /** Runs git in it with access to the server. */
  git(args: readonly string[], call?: Omit<GitCall, 'cwd' | 'remote'>): Promise<ProgramResult>;
  /** The same without access to the server; @throws StepError when git fails, which then is a defect or a full disk. */
  local(args: readonly string[], call?: Omit<GitCall, 'cwd' | 'remote'>): Promise<string>;
}

/** What `git fetch --filter` leaves out until it is asked for. */
export type ObjectFilter = 'tree:0' | 'blob:none' | 'none';

const filterArguments: Record<ObjectFilter, string> = {
  'tree:0': '--filter=tree:0',
  'blob:none': '--filter=blob:none',
  none: '--no-filter',
};

export async function openWorkRepository(settings: GitSettings, remote: GitUrl): Promise<WorkRepository> {
  const cwd = await mkdtemp(join(settings.temporaryFolder, 'luban-git-'));
  const remove = (): Promise<void> => rm(cwd, { recursive: true, force: true, maxRetries: 3 });
  const git: WorkRepository['git'] = (args, call = {}) => runGit(settings, args, { ...call, cwd, remote });
  const local: WorkRepository['local'] = async (args, call = {}) => {
    const result = await runGit(settings, args, { ...call, cwd });
    if (result.exitCode === 0) return result.stdout;
    throw new StepError(`git ${args[0]} failed in a private repository: ${result.stderr.trim().split('\n').at(-1)}`);
  };
  try {
    await initialise(cwd);
  } catch (error) {
    await remove();
    throw error;
  }
  return { folder: cwd, settings, remote, git, local, [Symbol.asyncDispose]: remove };
}

/** What `git init --bare` leaves, without starting a program for it (gitrepository-layout(5)). */
async function initialise(folder: string): Promise<void> {
  await Promise.all([mkdir(join(folder, 'objects')), mkdir(join(folder, 'refs'))]);
  await writeFile(join(folder, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = true\n');
  await writeFile(join(folder, 'HEAD'), 'ref: refs/heads/unused\n');
}

/** What to fetch, and how much of it. */
export interface FetchOptions {
  filter: ObjectFilter;
  /** Commits from the tip; 0 is whatever is not here yet. */
  depth: number;
  /** Patterns of further refs to fetch along, such as `refs/luban/*`; that there are none is no failure. */
  along?: readonly string[];
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
  return (await fetchRefs(repository, wanted, options))?.commit;
}

/** The same, with what was fetched along. */
export async function fetchRefs(
  repository: WorkRepository,
  wanted: string,
  options: FetchOptions,
): Promise<FetchedRefs | undefined> {
  const depth = options.depth === 0 ? [] : [`--depth=${options.depth}`];
  const along = (options.along ?? []).map((pattern) => `+${pattern}:${pattern}`);
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
