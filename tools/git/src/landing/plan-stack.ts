import {
  type AppliedEdits,
  applyEdits,
  type Changes,
  type Files,
  imagesOf,
  pathsOf,
  unifiedDiff,
  withChanges,
} from '@luban-ci/edits';
import { filesAt } from '../repository-files.ts';
import type { WorkRepository } from '../work-repository.ts';
import { type CommitTrailers, commitMessage } from './commit-message.ts';
import type { IntentRef } from './intent-refs.ts';
import type { CommitJob } from './land-job.ts';
import type { WaitingIntent } from './read-view.ts';
import type { NewCommit } from './write-commits.ts';

/** What one commit job comes to on the files below it. */
export interface PlannedCommit extends NewCommit {
  applied: AppliedEdits;
  /** Changed paths that did not exist. */
  created: readonly string[];
  /** Sentences worth saying. */
  notes: string[];
  diff: string;
}

/** What a push can bring onto a tip: our commits, and on top of them those of everybody who waits. */
export interface Stack {
  /** One for each of our commit jobs; without changes there is nothing to write for it. */
  mine: readonly PlannedCommit[];
  /** The commits of others, in the order of asking. */
  others: readonly NewCommit[];
  /** The intents whose commits those are. */
  landing: readonly WaitingIntent[];
  /** Intents for which there is nothing left to do: landed already, or superseded. */
  idle: readonly WaitingIntent[];
}

/**
 * Plans a stack on a commit. Ours come first, so that what is said about them is true of the branch as it is; what is
 * said of an intent that cannot be applied is for its own writer to find out, and the intent stays.
 *
 * @param cameAlong the same files were read of an older commit, so that whatever changed since came with this one
 * @throws what applying our own edits throws
 */
export async function planStack(
  repository: WorkRepository,
  base: string,
  jobs: readonly CommitJob[],
  waiting: readonly WaitingIntent[],
  cameAlong: boolean,
): Promise<Stack> {
  const { files, readable } = await filesFor(repository, base, jobs, waiting, cameAlong);
  const { commits: mine, after } = plan(jobs, files, undefined);
  let current = after;
  const planned = readable.flatMap((intent) => {
    const tried = tryPlan(intent, current);
    if (tried === undefined) return [];
    current = tried.after;
    return [{ intent, commits: tried.commits.filter(hasChanges) }];
  });
  return {
    mine,
    others: planned.flatMap(({ commits }) => commits),
    landing: planned.flatMap(({ intent, commits }) => (commits.length > 0 ? [intent] : [])),
    idle: planned.flatMap(({ intent, commits }) => (commits.length > 0 ? [] : [intent])),
  };
}

/** Ids of what was written for our commits, each at the place of its job; `undefined` where there was nothing to write. */
export function atTheirJobs(mine: readonly PlannedCommit[], ids: readonly string[]): (string | undefined)[] {
  const remaining = [...ids];
  return mine.map((planned) => (hasChanges(planned) ? remaining.shift() : undefined));
}

/** The intents that a push of this stack does away with. */
export function takenAwayBy({ landing, idle }: Stack): IntentRef[] {
  return [...landing, ...idle].map(({ at }) => at);
}

export function hasChanges({ changes }: { changes: Changes }): boolean {
  return changes.size > 0;
}

interface Plan {
  commits: PlannedCommit[];
  /** The files as they are then. */
  after: Files;
}

function plan(jobs: readonly CommitJob[], files: Files, intentId: string | undefined): Plan {
  let current = files;
  const commits = jobs.map((job) => {
    const before = current;
    const applied = applyEdits(job.edits, before);
    current = withChanges(before, applied.changes);
    return {
      applied,
      changes: applied.changes,
      created: [...applied.changes.keys()].filter((path) => !before.has(path)),
      notes: [...new Set(applied.outcomes.flatMap(({ notes }) => notes))],
      diff: intentId === undefined ? unifiedDiff(before, applied.changes) : '',
      message: commitMessage(job.message, trailersFor(job, applied, intentId)),
      author: job.author,
    };
  });
  return { commits, after: current };
}

function tryPlan(intent: WaitingIntent, files: Files): Plan | undefined {
  try {
    return plan(intent.commits, files, intent.id);
  } catch {
    return undefined;
  }
}

/** One request for all files; where somebody's intent names a path that cannot be read, those of each are tried alone. */
async function filesFor(
  repository: WorkRepository,
  base: string,
  jobs: readonly CommitJob[],
  waiting: readonly WaitingIntent[],
  cameAlong: boolean,
): Promise<{ files: Files; readable: readonly WaitingIntent[] }> {
  const read = (groups: readonly { commits: readonly CommitJob[] }[]): Promise<Files> =>
    filesAt(repository, base, [...new Set(groups.flatMap(pathsOfGroup))], cameAlong);
  const own = { commits: jobs };
  try {
    return { files: await read([own, ...waiting]), readable: waiting };
  } catch (error) {
    if (waiting.length === 0) throw error;
  }
  const files = await read([own]);
  const readable = await Promise.all(waiting.map(async (each) => ((await isReadable(read([each]))) ? [each] : [])));
  const others = await read([own, ...readable.flat()]);
  return { files: new Map([...files, ...others]), readable: readable.flat() };
}

async function isReadable(reading: Promise<unknown>): Promise<boolean> {
  return await reading.then(
    () => true,
    () => false,
  );
}

function pathsOfGroup({ commits }: { commits: readonly CommitJob[] }): string[] {
  return commits.flatMap(({ edits }) => edits.flatMap(pathsOf));
}

/** The facts of the edits that changed something; what the caller gives stands above them. */
function trailersFor(job: CommitJob, applied: AppliedEdits, intent: string | undefined): CommitTrailers {
  const changing = job.edits.filter((_, at) => applied.outcomes[at]?.outcome === 'changed');
  const [provenance] = changing.flatMap((edit) =>
    'provenance' in edit && edit.provenance !== undefined ? [edit.provenance] : [],
  );
  return { images: [...new Set(changing.flatMap(imagesOf))], ...provenance, ...job.trailers, intent };
}
