import { InputError } from '@luban-ci/core';
import { readObjects } from '../repository-blobs.ts';
import { fetchRefs } from '../work-repository.ts';
import { type Intent, readIntent } from './intent.ts';
import { type IntentRef, intentPrefixes, intentRefsAmong } from './intent-refs.ts';
import type { Landing } from './landing.ts';

/** A branch as it was at one moment. */
export interface BranchView {
  /** The commit to build on: the tip, or where the branch does not exist, that of the branch it is cut from. */
  base: string;
  /** `undefined` while the branch does not exist. */
  tip: string | undefined;
  /** All who wait to be landed on it, in the order of asking. */
  line: readonly IntentRef[];
}

/** An intent as it was read, with its place at the server. */
export interface WaitingIntent extends Intent {
  at: IntentRef;
}

/**
 * Reads the tip of the branch and who is in line, in one fetch. Once a tip has been read, what was landed since comes
 * with the next one: a few commits, among which ours may be.
 *
 * @throws InputError when neither the branch nor the one to cut it from exists
 */
export async function readView({ repository, job, from }: Landing): Promise<BranchView> {
  const options =
    from === undefined ? ({ filter: 'blob:none', depth: 1 } as const) : ({ filter: 'none', depth: 0 } as const);
  const along = intentPrefixes(job.branch).map((prefix) => `${prefix}*`);
  const fetched = await fetchRefs(repository, `refs/heads/${job.branch}`, { ...options, along });
  if (fetched !== undefined) {
    return { base: fetched.commit, tip: fetched.commit, line: intentRefsAmong(fetched.along, job.branch) };
  }
  const start =
    job.createFrom === undefined ? undefined : await fetchRefs(repository, `refs/heads/${job.createFrom}`, options);
  if (start !== undefined) return { base: start.commit, tip: undefined, line: [] };
  const [field, missing] = job.createFrom === undefined ? ['branch', job.branch] : ['createFrom', job.createFrom];
  throw new InputError(`${repository.remote.url} has no branch ${missing}`, [
    { field, expected: 'expected a branch that exists in that repository' },
  ]);
}

/** Reads what those in line want. What is not understood here, or not signed with our key, is in neither list. */
export async function readLine(
  { repository, job }: Landing,
  line: readonly IntentRef[],
): Promise<{ waiting: WaitingIntent[]; expired: IntentRef[] }> {
  if (line.length === 0) return { waiting: [], expired: [] };
  const { clock, intents } = repository.settings;
  const now = clock.now();
  const ids = line.map(({ commit }) => commit);
  const commits = await readObjects(repository, ids, 'commit');
  const read = line.map((at) => ({
    at,
    found: readIntent(messageOf(commits.get(at.commit)), { id: at.id, branch: job.branch }, intents?.key),
  }));
  return {
    waiting: read.flatMap(({ at, found }) =>
      found.kind === 'known' && found.intent.expires > now ? [{ ...found.intent, at }] : [],
    ),
    expired: read.flatMap(({ at, found }) => {
      const expires = found.kind === 'known' ? found.intent.expires : found.expires;
      return expires !== undefined && expires <= now ? [at] : [];
    }),
  };
}

/** What stands below the headers of a commit object. */
function messageOf(commit: Uint8Array | undefined): string {
  const text = Buffer.from(commit ?? []).toString('utf8');
  return text.slice(text.indexOf('\n\n') + 2);
}
