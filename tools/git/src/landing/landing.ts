import type { WorkRepository } from '../work-repository.ts';
import type { IntentRef } from './intent-refs.ts';
import type { Folding } from './land.ts';
import type { LandJob } from './land-job.ts';
import type { PlannedCommit, Stack } from './plan-stack.ts';
import type { PushAnswer } from './push-refs.ts';
import type { BranchView } from './read-view.ts';

/** A push that was not answered with yes, and what it stood on. */
export type OpenPush = Exclude<PushAnswer, { answer: 'done' }> & {
  view: BranchView;
  stack: Stack;
  /** Ours, in the order of our commit jobs; `undefined` where there was nothing to write. */
  commits: readonly (string | undefined)[];
};

/** One call of landing: where, what, and what it has come to so far, which each attempt brings up to date. */
export interface Landing {
  readonly repository: WorkRepository;
  readonly job: LandJob;
  /** Pushes to the branch. */
  attempts: number;
  /** How long the last attempt took: the time in which others can come between. */
  milliseconds: number;
  /** Pushes refused in a row while the branch stood still. */
  standstills: number;
  open: OpenPush | undefined;
  /** The first tip that was read; what was landed since is on top of it. */
  from: string | undefined;
  /** Ids of what was fetched: tips with their files; these, intents, and tips without their files. */
  readonly here: { files: Set<string>; commits: Set<string> };
  /** What our commit jobs came to on the last tip that was read. */
  planned: readonly PlannedCommit[];
  /** Whether others' edits may be landed with ours, and ours with theirs; `undefined` until somebody comes between. */
  folds: boolean | undefined;
  /** Our intent that waits at the server. */
  intent: IntentRef | undefined;
  /** The id of every intent that we left, or may have left. */
  left: string[];
  /** The id of the one that we do not know of. */
  unanswered: string | undefined;
  /** The branch as the server showed it when it was not what we had read. */
  seen: BranchView | undefined;
  /** Before the next attempt we wait for our turn. */
  standsInLine: boolean;
}

export function newLanding(repository: WorkRepository, job: LandJob): Landing {
  return {
    repository,
    job,
    attempts: 0,
    milliseconds: 0,
    standstills: 0,
    open: undefined,
    from: undefined,
    here: { files: new Set(), commits: new Set() },
    planned: [],
    folds: isAlone(repository, job) ? false : undefined,
    intent: undefined,
    left: [],
    unanswered: undefined,
    seen: undefined,
    standsInLine: false,
  };
}

/** Without leave to, through an API, and in a dry run nobody's edits are landed but ours. */
function isAlone({ settings }: WorkRepository, { dryRun }: LandJob): boolean {
  return settings.intents === undefined || settings.apiCommits !== undefined || dryRun;
}

/** What of ours is in line. */
export function ownIn({ line }: BranchView, { left }: Landing): IntentRef[] {
  return line.filter(({ id }) => left.includes(id));
}

/** Who is in line beside us. */
export function othersIn({ line }: BranchView, { left }: Landing): IntentRef[] {
  return line.filter(({ id }) => !left.includes(id));
}

/** How a push went that brought this stack onto the branch. */
export function circumstancesOf({ attempts }: Landing, stack: Stack): { attempts: number; folding?: Folding } {
  const others = stack.landing.length;
  return { attempts, ...(others === 0 ? {} : { folding: { role: 'leader', others } }) };
}
