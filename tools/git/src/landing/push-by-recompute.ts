import { InputError, RetryableError, StepError } from '@luban-ci/core';
import { remoteError, serverState } from '../server-state.ts';
import { fetchCommit, type WorkRepository } from '../work-repository.ts';
import type { LandJob, LandResult } from './land.ts';
import { type CommitPlan, planCommit } from './plan-commit.ts';
import { type PushAnswer, pushCommit } from './push-commit.ts';
import { writeCommit } from './write-commit.ts';

/** A push that was not answered with yes, and what it stood on. */
interface OpenPush {
  tip: string | undefined;
  commit: string;
  plan: CommitPlan;
  answer: Exclude<PushAnswer, { answer: 'done' }>;
}

interface Base {
  base: string;
  /** `undefined` while the branch does not exist. */
  tip: string | undefined;
}

interface Progress {
  attempts: number;
  /** How long the last attempt took: the time in which others can come between. */
  milliseconds: number;
  /** Pushes refused in a row while the branch stood still. */
  standstills: number;
  open: OpenPush | undefined;
}

/** A branch that stands still through this many refusals is closed to us, not busy. */
const mostStandstills = 3;

/** Milliseconds. */
const longestWindow = 3000;

/**
 * Lands by optimistic concurrency: read the tip, apply the edits to it, push on condition that it is still the tip;
 * when it is not, begin again on the new one. Nothing is rebased, so that nothing can conflict.
 */
export async function pushByRecompute(repository: WorkRepository, job: LandJob): Promise<LandResult> {
  let progress: Progress = { attempts: 0, milliseconds: 0, standstills: 0, open: undefined };
  for (;;) {
    const tried = await attemptOrWait(repository, job, progress);
    if ('outcome' in tried) return tried;
    progress = tried;
  }
}

async function attemptOrWait(
  repository: WorkRepository,
  job: LandJob,
  progress: Progress,
): Promise<LandResult | Progress> {
  const { clock, signal } = repository.settings;
  try {
    const next = await attempt(repository, job, progress);
    if ('outcome' in next) return next;
    if (clock.now() >= job.deadline) throw deadlineError(repository, job, next);
    await clock.sleep(pauseMilliseconds(repository, next), signal);
    return next;
  } catch (error) {
    if (!(error instanceof RetryableError) || clock.now() >= job.deadline) throw error;
    const pause = Math.max((error.retryAfterSeconds ?? 0) * 1000, pauseMilliseconds(repository, progress));
    if (clock.now().getTime() + pause >= job.deadline.getTime()) throw error;
    repository.settings.log.info(`${error.message}; trying again in ${Math.round(pause)} ms`);
    await clock.sleep(pause, signal);
    return { ...progress, attempts: progress.attempts + 1 };
  }
}

async function attempt(repository: WorkRepository, job: LandJob, progress: Progress): Promise<LandResult | Progress> {
  const { open } = progress;
  const { clock } = repository.settings;
  const started = clock.now().getTime();
  const { base, tip } = await readTip(repository, job, open !== undefined);
  if (open !== undefined) {
    if (await hasLanded(repository, open, tip)) return landed(open.commit, open.plan, progress.attempts);
    if (tip === open.tip) await refuseStandstill(repository, job, progress, open);
  }
  const plan = await planCommit(repository, base, job, open !== undefined);
  if (plan.applied.changes.size === 0) return nothingToDo(plan, base, progress.attempts);
  if (job.dryRun)
    return { ...told(plan, progress.attempts), outcome: 'would land', changed: false, commit: base, diff: plan.diff };
  const commit = await writeCommit(repository, {
    parent: base,
    changes: plan.applied.changes,
    message: plan.message,
    author: job.author,
    committer: repository.settings.committer,
  });
  const attempts = progress.attempts + 1;
  const answer = await pushCommit(repository, commit, job.branch, tip);
  if (answer.answer === 'done') return landed(commit, plan, attempts);
  const standstills = open !== undefined && tip === open.tip ? progress.standstills + 1 : 0;
  const milliseconds = clock.now().getTime() - started;
  return { attempts, milliseconds, standstills, open: { tip, commit, plan, answer } };
}

/**
 * The tip of the branch, and the commit to build on: where the branch does not exist, the one it is cut from. Once a
 * tip has been read, what was landed since comes with the next one: a few commits, among which ours may be.
 */
async function readTip(repository: WorkRepository, job: LandJob, again: boolean): Promise<Base> {
  const options = again ? ({ filter: 'none', depth: 0 } as const) : ({ filter: 'blob:none', depth: 1 } as const);
  const tip = await fetchCommit(repository, `refs/heads/${job.branch}`, options);
  if (tip !== undefined) return { base: tip, tip };
  const base =
    job.createFrom === undefined ? undefined : await fetchCommit(repository, `refs/heads/${job.createFrom}`, options);
  if (base !== undefined) return { base, tip };
  const [field, missing] = job.createFrom === undefined ? ['branch', job.branch] : ['createFrom', job.createFrom];
  throw new InputError(`${repository.remote.url} has no branch ${missing}`, [
    { field, expected: 'expected a branch that exists in that repository' },
  ]);
}

/**
 * Whether a push that was not answered with yes was done all the same: the answer was lost, and perhaps the HTTP
 * library sent the push a second time, which was then refused.
 */
async function hasLanded(repository: WorkRepository, open: OpenPush, tip: string | undefined): Promise<boolean> {
  if (tip === undefined || tip === open.tip) return false;
  const within = await repository.git(['merge-base', '--is-ancestor', open.commit, tip]);
  return within.exitCode === 0;
}

/** The branch stands where it stood and the push was not done: find out whether that can change. */
async function refuseStandstill(
  repository: WorkRepository,
  job: LandJob,
  progress: Progress,
  open: OpenPush,
): Promise<void> {
  const { settings, remote } = repository;
  const state = await serverState(settings, remote, 'git-receive-pack');
  if (state.state === 'refused' || state.state === 'absent')
    throw remoteError(remote, state, 'push to', open.answer.said);
  if (open.answer.answer === 'unknown' || progress.standstills + 1 < mostStandstills) return;
  const said = open.answer.said === '' ? '' : `: ${open.answer.said}`;
  throw new StepError(`${remote.url} does not accept pushes to ${job.branch}${said}`, {
    hint: 'The branch is probably protected: open a pull request instead, or let this account push to it.',
  });
}

/**
 * While others land: a random part of a window that doubles, measured in attempts of ours, so that they get through
 * one by one. While the server is in trouble: longer and longer.
 */
function pauseMilliseconds(repository: WorkRepository, { attempts, milliseconds, open }: Progress): number {
  const { random } = repository.settings;
  if (open?.answer.answer !== 'refused') return Math.min(5000, 200 * 2 ** Math.min(attempts, 6)) * (0.5 + random() / 2);
  return random() * Math.min(longestWindow, milliseconds * 2 ** Math.min(attempts - 1, 3));
}

function told(plan: CommitPlan, attempts: number): Pick<LandResult, 'notes' | 'attempts' | 'edits'> {
  return { notes: plan.notes, attempts, edits: plan.applied.outcomes.map(({ outcome }) => outcome) };
}

function landed(commit: string, plan: CommitPlan, attempts: number): LandResult {
  return { ...told(plan, attempts), outcome: 'landed', changed: true, commit, diff: plan.diff };
}

function nothingToDo(plan: CommitPlan, commit: string, attempts: number): LandResult {
  const { outcomes } = plan.applied;
  const settled = { ...told(plan, attempts), changed: false, commit } as const;
  const superseded = outcomes.find(({ outcome }) => outcome === 'superseded');
  if (superseded?.outcome === 'superseded') return { ...settled, outcome: 'superseded', by: superseded.by };
  const isRequest = outcomes.every((each) => each.outcome === 'unchanged' && each.why === 'same request');
  return { ...settled, outcome: 'already there', why: isRequest ? 'same request' : 'same content' };
}

function deadlineError(repository: WorkRepository, job: LandJob, { attempts, open }: Progress): RetryableError {
  const times = attempts === 1 ? 'one attempt' : `${attempts} attempts`;
  const unanswered = open?.answer.answer === 'unknown' ? '; the last push was not answered and may have been done' : '';
  return new RetryableError(
    `could not land on ${job.branch} of ${repository.remote.url} within ${job.deadlineSeconds} s and ${times}${unanswered}`,
    { hint: 'Others were pushing all the time or the server was away; run it again, it lands once.' },
  );
}
