import { mkdir, readdir } from 'node:fs/promises';
import { InputError, StepError } from '@luban-ci/core';
import { isRepositoryPath } from '@luban-ci/edits';
import type { ProgramResult } from '@luban-ci/process';
import { runGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { isObjectId } from './ref-name.ts';
import { resolveRef } from './remote-refs.ts';
import { remoteError, serverState } from './server-state.ts';

export interface CheckoutRequest {
  url: string;
  /** Branch, tag, full ref, `HEAD` or full commit id. */
  ref: string;
  /** Absolute path; created where it does not exist. */
  folder: string;
  /** Commits of history; 0 is all of it, 1 where nothing is said. */
  depth?: number;
  /** Only these folders, and the files beside them: their blobs alone are fetched. */
  paths?: readonly string[];
}

export interface CheckoutResult {
  changed: boolean;
  commit: string;
  /** Full name; `undefined` when a commit id was asked for. */
  ref: string | undefined;
  /** Paths of submodules, whose content is not fetched. */
  submodules: string[];
}

/**
 * Puts a commit into a folder. A second run refreshes the folder, unless somebody changed files there.
 *
 * @throws InputError when the ref does not exist or the folder holds something else; StepError when it has changes
 */
export async function checkout(
  settings: GitSettings,
  remote: GitUrl,
  request: CheckoutRequest,
): Promise<CheckoutResult> {
  checkPaths(request.paths ?? []);
  const { commit, ref } = await resolveRef(settings, remote, request.ref);
  const before = await prepareFolder(settings, remote, request);
  await fetchInto(settings, remote, request, ref ?? commit);
  const fetched = (await local(settings, request, ['rev-parse', '--verify', 'FETCH_HEAD^{commit}'])).trim();
  await narrow(settings, remote, request);
  const branch = ref?.startsWith('refs/heads/') === true ? ['-B', ref.slice('refs/heads/'.length)] : ['--detach'];
  const placed = await inFolder(settings, request, ['checkout', '--quiet', '--force', ...branch, fetched], remote);
  if (placed.exitCode !== 0)
    throw remoteError(remote, await serverState(settings, remote, 'git-upload-pack'), 'check out', placed.stderr);
  const submodules = await submodulesOf(settings, request, fetched);
  if (submodules.length > 0) settings.log.warn(`submodules are not fetched: ${submodules.join(', ')}`);
  return { changed: before !== fetched, commit: fetched, ref, submodules };
}

function checkPaths(paths: readonly string[]): void {
  const bad = paths.find((path) => !isRepositoryPath(path));
  if (bad === undefined) return;
  throw new InputError(`${JSON.stringify(bad)} is not a folder in a repository`, [
    { field: 'paths', expected: 'expected relative folders without `..`' },
  ]);
}

/** @returns the commit that stands in the folder already */
async function prepareFolder(
  settings: GitSettings,
  remote: GitUrl,
  request: CheckoutRequest,
): Promise<string | undefined> {
  await mkdir(request.folder, { recursive: true });
  const entries = await readdir(request.folder);
  if (entries.length === 0 || (entries.length === 1 && entries[0] === '.git')) {
    await local(settings, request, ['init', '--quiet', '--template=', '--initial-branch=unused', '.']);
    await local(settings, request, ['config', 'remote.origin.url', remote.url]);
    await local(settings, request, ['config', 'remote.origin.fetch', '+refs/heads/*:refs/remotes/origin/*']);
    return undefined;
  }
  const origin = entries.includes('.git')
    ? await inFolder(settings, request, ['config', '--local', 'remote.origin.url'])
    : undefined;
  if (origin?.stdout.trim() !== remote.url) {
    throw new InputError(`${request.folder} is not empty and not a checkout of ${remote.url}`, [
      {
        field: 'folder',
        expected: 'expected an empty folder, or one that an earlier checkout of the same repository made',
      },
    ]);
  }
  return cleanHead(settings, request);
}

/** A checkout that was cut off before its end has no HEAD yet; it is simply done again. */
async function cleanHead(settings: GitSettings, request: CheckoutRequest): Promise<string | undefined> {
  const head = await inFolder(settings, request, ['rev-parse', '--quiet', '--verify', 'HEAD']);
  if (head.exitCode !== 0) return undefined;
  const dirty = (await local(settings, request, ['status', '--porcelain', '-z']))
    .split('\0')
    .filter((line) => line !== '');
  if (dirty.length === 0) return head.stdout.trim();
  const named = dirty
    .slice(0, 5)
    .map((line) => line.slice(3))
    .join(', ');
  throw new StepError(`${request.folder} has changes that a checkout would lose: ${named}`, {
    hint: 'Commit them, take them away, or check out into another folder.',
  });
}

async function fetchInto(
  settings: GitSettings,
  remote: GitUrl,
  request: CheckoutRequest,
  wanted: string,
): Promise<void> {
  const depth = request.depth ?? 1;
  const limits = [
    ...(depth === 0 ? [] : [`--depth=${depth}`]),
    ...(request.paths === undefined ? [] : ['--filter=blob:none']),
  ];
  const fetch = ['fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--force', '--update-head-ok'];
  const result = await inFolder(settings, request, [...fetch, ...limits, 'origin', wanted], remote);
  if (result.exitCode === 0) return;
  const state = await serverState(settings, remote, 'git-upload-pack');
  if (state.state !== 'ready' || !isObjectId(wanted)) throw remoteError(remote, state, 'read', result.stderr);
  throw new InputError(`${remote.url} has no commit ${wanted}`, [
    { field: 'ref', expected: 'expected a commit of that repository' },
  ]);
}

async function narrow(settings: GitSettings, remote: GitUrl, request: CheckoutRequest): Promise<void> {
  const args = request.paths === undefined ? ['disable'] : ['set', '--cone', '--', ...request.paths];
  if (request.paths === undefined) {
    const sparse = await inFolder(settings, request, ['config', '--bool', 'core.sparseCheckout']);
    if (sparse.stdout.trim() !== 'true') return;
  }
  await inFolder(settings, request, ['sparse-checkout', ...args], remote);
}

async function submodulesOf(settings: GitSettings, request: CheckoutRequest, commit: string): Promise<string[]> {
  const listing = await local(settings, request, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  return listing
    .split('\0')
    .flatMap((line) => (line.startsWith('160000 ') ? [line.slice(line.indexOf('\t') + 1)] : []));
}

function inFolder(
  settings: GitSettings,
  request: CheckoutRequest,
  args: string[],
  remote?: GitUrl,
): Promise<ProgramResult> {
  return runGit(settings, args, { cwd: request.folder, ...(remote === undefined ? {} : { remote }) });
}

async function local(settings: GitSettings, request: CheckoutRequest, args: string[]): Promise<string> {
  const result = await inFolder(settings, request, args);
  if (result.exitCode === 0) return result.stdout;
  throw new StepError(`git ${args[0]} failed in ${request.folder}: ${result.stderr.trim().split('\n').at(-1)}`);
}
