import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@luban-ci/core';
import { converse } from './conversation.ts';
import { runGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { httpLine } from './http-line.ts';
import { checkRefName, isObjectId } from './ref-name.ts';
import { remoteError, serverState } from './server-state.ts';

/** A ref of a repository on a server. */
export interface RemoteRef {
  /** Full name: `refs/heads/main`. */
  ref: string;
  /** The commit; an annotated tag is followed to what it tags. */
  commit: string;
}

export interface ResolvedRef {
  commit: string;
  /** `undefined` when a commit id was given. */
  ref: string | undefined;
}

/**
 * Lists refs, annotated tags followed to their commits; without names all of them.
 *
 * @throws StepError when the server refuses or has no such repository; RetryableError when it cannot be reached
 */
export async function listRefs(
  settings: GitSettings,
  remote: GitUrl,
  names: readonly string[] = [],
): Promise<RemoteRef[]> {
  const told = await refsTold(settings, remote, names);
  if (told !== undefined)
    return [...told].flatMap(([ref, commit]) => (names.length === 0 || names.includes(ref) ? [{ ref, commit }] : []));
  const wanted = names.flatMap((name) => (name.startsWith('refs/tags/') ? [name, `${name}^{}`] : [name]));
  const lines = await lsRemote(settings, remote, ['ls-remote', '--', 'origin', ...wanted]);
  const found = new Map(lines.map(([id = '', name = '']) => [name, id]));
  return [...found]
    .filter(([name]) => !name.endsWith('^{}') && (names.length === 0 || names.includes(name)))
    .map(([ref, id]) => ({ ref, commit: found.get(`${ref}^{}`) ?? id }));
}

/** In a conversation with the server, without starting a git; `undefined` where there is none, or it broke. */
async function refsTold(
  settings: GitSettings,
  remote: GitUrl,
  prefixes: readonly string[],
): Promise<Map<string, string> | undefined> {
  using line = httpLine(settings, remote);
  try {
    return line === undefined ? undefined : await converse(line).listRefs(prefixes);
  } catch {
    settings.signal.throwIfAborted();
    return undefined;
  }
}

/** Full name of the branch that a clone checks out; `undefined` for an empty repository of an older server. */
export async function defaultBranch(settings: GitSettings, remote: GitUrl): Promise<string | undefined> {
  const lines = await lsRemote(settings, remote, ['ls-remote', '--symref', '--', 'origin', 'HEAD']);
  const symref = lines.find(([target, name]) => name === 'HEAD' && target?.startsWith('ref: '));
  return symref?.[0]?.slice('ref: '.length);
}

/**
 * The commit behind a branch, a tag, a full ref, `HEAD` or a full commit id. Of a branch and a tag with the same name
 * the branch is meant, as with `git clone --branch`.
 *
 * @throws InputError when there is no such ref
 */
export async function resolveRef(settings: GitSettings, remote: GitUrl, ref: string): Promise<ResolvedRef> {
  if (isObjectId(ref)) return { commit: ref, ref: undefined };
  checkRefName(ref, 'ref');
  const candidates = ref.startsWith('refs/') || ref === 'HEAD' ? [ref] : [`refs/heads/${ref}`, `refs/tags/${ref}`];
  const found = await listRefs(settings, remote, candidates);
  const [first] = candidates.flatMap((name) => found.filter((each) => each.ref === name));
  if (first !== undefined) return first;
  throw new InputError(`${remote.url} has no branch or tag called ${ref}`, [
    { field: 'ref', expected: 'expected a branch, a tag or a full commit id of that repository' },
  ]);
}

async function lsRemote(settings: GitSettings, remote: GitUrl, args: readonly string[]): Promise<string[][]> {
  await using outside = await folderOutside(settings);
  const result = await runGit(settings, args, { cwd: outside.path, remote });
  if (result.exitCode !== 0) {
    const state = await serverState(settings, remote, 'git-upload-pack');
    throw remoteError(remote, state, 'read', result.stderr);
  }
  return result.stdout.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')]));
}

/** A folder that is in no repository: in one, git would ask that repository's `origin`. */
async function folderOutside(settings: GitSettings): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(settings.temporaryFolder, 'luban-asking-'));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}
