import { InputError } from '@luban-ci/core';
import { fetchCommits, fetchRefs } from '../fetch-commit.ts';
import { readObjects } from '../repository-blobs.ts';
import { type Intent, readIntent } from './intent.ts';
import { type IntentRef, intentPrefixes, intentRefsAmong } from './intent-refs.ts';
import type { LandJob } from './land-job.ts';
import type { Landing } from './landing.ts';

/** A branch as it was at one moment. */
export interface BranchView {
  /** The commit to build on: the tip, or where the branch does not exist or is left over, that of the branch it is cut from. */
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
 * Reads where the branch is and who is in line: in a conversation with the server names alone, else with a fetch that
 * brings what they name along.
 *
 * @throws InputError when neither the branch nor the one to cut it from exists
 */
export async function readView(landing: Landing): Promise<BranchView> {
  const { repository, job } = landing;
  const [ref, start] = [`refs/heads/${job.branch}`, job.createFrom && `refs/heads/${job.createFrom}`];
  const named = [ref, ...(start === undefined ? [] : [start]), ...intentPrefixes(job.branch)];
  const refs = (await repository.talk((server) => server.listRefs(named))) ?? (await fetchView(landing, ref, start));
  const view = viewOf(refs, job);
  if (view !== undefined) return view;
  const [field, missing] = job.createFrom === undefined ? ['branch', job.branch] : ['createFrom', job.createFrom];
  throw new InputError(`${repository.remote.url} has no branch ${missing}`, [
    { field, expected: 'expected a branch that exists in that repository' },
  ]);
}

/** What these refs say of the branch; `undefined` where neither it nor the one to cut it from is among them. */
export function viewOf(refs: ReadonlyMap<string, string>, job: LandJob): BranchView | undefined {
  const { branch, createFrom } = job;
  const tip = refs.get(`refs/heads/${branch}`);
  const base = isCut(tip, job) ? refs.get(`refs/heads/${createFrom}`) : tip;
  if (base === undefined) return undefined;
  return { base, tip, line: tip === undefined ? [] : intentRefsAmong(refs, branch) };
}

function isCut(tip: string | undefined, { leftOver }: LandJob): boolean {
  return tip === undefined || tip === leftOver;
}

/** Once a tip has been read, what was landed since comes with the next one: a few commits, among which ours may be. */
async function fetchView(
  { repository, job, here }: Landing,
  ref: string,
  start: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const options = here.files.size === 0 ? firstTip : laterTip;
  const along = intentPrefixes(job.branch).map((prefix) => `${prefix}*`);
  const fetched = await fetchRefs(repository, ref, { ...options, along });
  const cut =
    isCut(fetched?.commit, job) && start !== undefined ? await fetchRefs(repository, start, options) : undefined;
  const refs = [
    ...(fetched?.along ?? []),
    ...(fetched === undefined ? [] : [[ref, fetched.commit] as const]),
    ...(cut === undefined || start === undefined ? [] : [[start, cut.commit] as const]),
  ];
  for (const [, commit] of refs) {
    here.files.add(commit);
    here.commits.add(commit);
  }
  return new Map(refs);
}

const firstTip = { filter: 'upper trees', depth: 1 } as const;
const laterTip = { filter: 'none', depth: 0 } as const;

/** Sees that the files of a tip are here: of the first one without its history, of later ones what has changed since. */
export async function bringFiles({ repository, here }: Landing, tip: string): Promise<void> {
  if (here.files.has(tip)) return;
  await fetchCommits(repository, [tip], here.files.size === 0 ? firstTip : laterTip, [...here.files]);
  here.files.add(tip);
  here.commits.add(tip);
}

/** Sees that commits are here, and what was landed up to them since we first read the branch; not their files. */
export async function bringCommits({ repository, here }: Landing, ids: readonly string[]): Promise<void> {
  const missing = ids.filter((id) => !here.commits.has(id));
  if (missing.length === 0) return;
  await fetchCommits(repository, missing, { filter: 'tree:0', depth: 0 }, [...here.commits]);
  for (const id of missing) here.commits.add(id);
}

/** Reads what those in line want. What is not understood here, or not signed with our key, is in neither list. */
export async function readLine(
  landing: Landing,
  line: readonly IntentRef[],
): Promise<{ waiting: WaitingIntent[]; expired: IntentRef[] }> {
  if (line.length === 0) return { waiting: [], expired: [] };
  const { repository, job } = landing;
  const { clock, intents } = repository.settings;
  const now = clock.now();
  const ids = line.map(({ commit }) => commit);
  await bringCommits(landing, ids);
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
function messageOf(commit: Buffer | undefined): string {
  const text = commit?.toString('utf8') ?? '';
  return text.slice(text.indexOf('\n\n') + 2);
}
