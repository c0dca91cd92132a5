import { InputError, RetryableError } from '@luban-ci/core';
import type { Files } from '@luban-ci/edits';
import { fetchCommit } from './fetch-commit.ts';
import type { GitSettings, Person } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { pushRefs } from './landing/push-refs.ts';
import { type WrittenCommits, writeCommits } from './landing/write-commits.ts';
import type { PackedObject } from './pack-file.ts';
import { checkRefName } from './ref-name.ts';
import { listRefs } from './remote-refs.ts';
import { remoteError, serverState } from './server-state.ts';
import { openWorkRepository, type WorkRepository } from './work-repository.ts';

export interface InitialPush {
  url: string;
  /** Created at the same commit; the first one is the one that later ones are cut from. */
  branches: readonly string[];
  files: Files;
  message: string;
  author?: Person;
  dryRun?: boolean;
}

export interface InitialPushResult {
  changed: boolean;
  /** Branches that were, or with `dryRun` would be, created. */
  created: string[];
  /** Commit of the first branch; `undefined` in a dry run on an empty repository. */
  commit: string | undefined;
}

/**
 * Gives an empty repository its first commit. Branches that exist are left alone, so that a run that died between two
 * branches is finished by the next, and nothing anybody pushed is ever replaced.
 *
 * @throws StepError when the server refuses; RetryableError when somebody else creates the branches at this moment
 */
export async function pushInitial(
  settings: GitSettings,
  remote: GitUrl,
  push: InitialPush,
): Promise<InitialPushResult> {
  const [first] = push.branches.map((branch) => checkRefName(branch, 'branches'));
  if (first === undefined)
    throw new InputError('there is no branch to create', [{ field: 'branches', expected: 'expected one' }]);
  const found = await listRefs(
    settings,
    remote,
    push.branches.map((branch) => `refs/heads/${branch}`),
  );
  const existing = new Map(found.map(({ ref, commit }) => [ref.slice('refs/heads/'.length), commit]));
  const created = push.branches.filter((branch) => !existing.has(branch));
  const start = push.branches.flatMap((branch) => existing.get(branch) ?? [])[0];
  if (created.length === 0 || push.dryRun === true) return { changed: false, created, commit: start };
  await using repository = await openWorkRepository(settings, remote);
  const {
    ids: [commit = ''],
    objects,
  } = await startingCommit(repository, push, start);
  for (const branch of created) await createBranch(repository, { commit, objects }, branch);
  return { changed: true, created, commit };
}

async function startingCommit(
  repository: WorkRepository,
  push: InitialPush,
  start: string | undefined,
): Promise<WrittenCommits> {
  if (start === undefined) {
    const author = push.author ?? repository.settings.committer;
    return await writeCommits(repository, undefined, [{ changes: push.files, message: push.message, author }]);
  }
  await fetchCommit(repository, start, { filter: 'blob:none', depth: 1 });
  return { ids: [start], objects: [] };
}

async function createBranch(
  repository: WorkRepository,
  { commit, objects }: { commit: string; objects: readonly PackedObject[] },
  branch: string,
): Promise<void> {
  const { settings, remote } = repository;
  const pushed = await pushRefs(repository, [{ ref: `refs/heads/${branch}`, from: undefined, to: commit }], {
    objects,
  });
  if (pushed.answer === 'done') return;
  const [now] = await listRefs(settings, remote, [`refs/heads/${branch}`]);
  if (now?.commit === commit) return;
  if (now !== undefined) throw new RetryableError(`${remote.url}: somebody else created ${branch} at the same time`);
  throw remoteError(remote, await serverState(settings, remote, 'git-receive-pack'), 'push to', pushed.said);
}
