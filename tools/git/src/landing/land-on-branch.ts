import { RetryableError } from '@luban-ci/core';
import type { WorkRepository } from '../work-repository.ts';
import { commitByApi, type Written } from './commit-by-api.ts';
import type { IntentRef } from './intent-refs.ts';
import type { LandResult } from './land.ts';
import type { LandJob } from './land-job.ts';
import { circumstancesOf, type Landing, newLanding, othersIn } from './landing.ts';
import { giveUp, isLine, leaveNothing, mayFold, standInLine, withdrawLate } from './line.ts';
import { atTheirJobs, hasChanges, planStack, type Stack, takenAwayBy } from './plan-stack.ts';
import { pushRefs } from './push-refs.ts';
import { type BranchView, bringFiles, readLine, readView, viewOf } from './read-view.ts';
import { landedResults, wouldLandResults } from './results.ts';
import { settleEarlier } from './settle-earlier.ts';
import { writeCommits } from './write-commits.ts';

/** Milliseconds. */
const longestWindow = 3000;

const slowMilliseconds = 1000;

/** Of those who were slow to read; measured with fifty writers, of whom without this a dozen pushed in vain. */
const partThatPushes = 0.25;

/**
 * Lands by optimistic concurrency: read the tip, apply the edits to it, push on condition that it is still the tip; when
 * it is not, begin again on the new one. Nothing is rebased, so that nothing can conflict. Whoever loses a race leaves
 * the edits at the server as an intent and stands in line; the first in line lands everybody's in one push.
 */
export async function landOnBranch(repository: WorkRepository, job: LandJob): Promise<LandResult[]> {
  const landing = newLanding(repository, job);
  try {
    for (;;) {
      const results = await attemptOrWait(landing);
      if (results === undefined) continue;
      await withdrawLate(landing);
      return results;
    }
  } catch (error) {
    const results = await giveUp(landing);
    if (results !== undefined) return results;
    throw error;
  }
}

async function attemptOrWait(landing: Landing): Promise<LandResult[] | undefined> {
  const { job } = landing;
  const { clock, signal, log } = landing.repository.settings;
  try {
    const results = await attempt(landing);
    if (results !== undefined) return results;
    if (clock.now() >= job.deadline) throw deadlineError(landing);
    if (!landing.standsInLine) await clock.sleep(pauseMilliseconds(landing), signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof RetryableError) || clock.now() >= job.deadline) throw error;
    const pause = Math.max((error.retryAfterSeconds ?? 0) * 1000, pauseMilliseconds(landing));
    if (clock.now().getTime() + pause >= job.deadline.getTime()) throw error;
    log.info(`${error.message}; trying again in ${Math.round(pause)} ms`);
    await clock.sleep(pause, signal);
    landing.attempts += 1;
    return undefined;
  }
}

/** @returns `undefined` when it has to be tried again */
async function attempt(landing: Landing): Promise<LandResult[] | undefined> {
  const { repository, job } = landing;
  const isFirst = landing.from === undefined;
  const turn = landing.standsInLine ? await standInLine(landing) : undefined;
  const started = repository.settings.clock.now().getTime();
  const view = turn ?? (await readView(landing));
  landing.from ??= view.base;
  const hasLostRace = landing.open?.answer === 'refused' && landing.open.view.tip !== view.tip;
  const earlier = await settleEarlier(landing, view);
  if (earlier !== undefined) return earlier;
  const joinsLine = turn === undefined && landing.folds !== false && (hasLostRace || isLine(landing, view));
  landing.standsInLine = joinsLine;
  if (joinsLine && !isFirst) return undefined;
  await bringFiles(landing, view.base);
  const others = joinsLine ? [] : othersIn(view, landing);
  const { waiting, expired } = await readLine(landing, others.length > 0 && (await mayFold(landing)) ? others : []);
  const cameAlong = !isFirst && waiting.length === 0; // of others' files nothing was ever read here
  const stack = await planStack(repository, view.base, job.commits, waiting, cameAlong);
  landing.planned = stack.mine;
  if (job.dryRun) return wouldLandResults(stack.mine, view.base, { attempts: landing.attempts });
  if (!stack.mine.some(hasChanges))
    return await leaveNothing(landing, view, turn !== undefined && landing.intent !== undefined);
  landing.milliseconds = repository.settings.clock.now().getTime() - started;
  landing.standsInLine ||= isFirst && landing.folds !== false && isProbablyLate(landing);
  if (landing.standsInLine) return undefined;
  const results = await landStack(landing, view, stack, expired);
  landing.milliseconds = repository.settings.clock.now().getTime() - started;
  return results;
}

/**
 * Whoever took long to read has probably been overtaken, or will be while the server takes the push. So most of them go
 * into the line at once: of many who begin at the same moment a few try to push, and not all of them.
 */
function isProbablyLate({ milliseconds, repository: { settings } }: Landing): boolean {
  return milliseconds > slowMilliseconds && settings.random() > partThatPushes;
}

async function landStack(
  landing: Landing,
  view: BranchView,
  stack: Stack,
  expired: readonly IntentRef[],
): Promise<LandResult[] | undefined> {
  const { apiCommits } = landing.repository.settings;
  landing.attempts += 1;
  const { pushed, commits } =
    apiCommits === undefined
      ? await pushStack(landing, view, stack, expired)
      : await commitByApi(landing, apiCommits, view, stack);
  if (pushed.answer === 'done') return landedResults(stack.mine, commits, view.base, circumstancesOf(landing, stack));
  landing.open = { view, stack, commits, answer: pushed.answer, said: pushed.said };
  landing.seen =
    pushed.answer === 'not sent' && pushed.refs !== undefined ? viewOf(pushed.refs, landing.job) : undefined;
  landing.standsInLine = pushed.answer === 'not sent' && view.tip !== undefined && landing.folds !== false;
  return undefined;
}

async function pushStack(
  { repository, job, intent }: Landing,
  view: BranchView,
  stack: Stack,
  expired: readonly IntentRef[],
): Promise<Written> {
  const { ids, objects } = await writeCommits(repository, view.base, [
    ...stack.mine.filter(hasChanges),
    ...stack.others,
  ]);
  const takenAway = [...(intent === undefined ? [] : [intent]), ...takenAwayBy(stack), ...expired];
  const removals = takenAway.map(({ ref, commit }) => ({ ref, from: commit, to: undefined }));
  const update = { ref: `refs/heads/${job.branch}`, from: view.tip, to: ids.at(-1) };
  const pushed = await pushRefs(repository, [update, ...removals], { objects });
  return { pushed, commits: atTheirJobs(stack.mine, ids) };
}

/**
 * While others land: a random part of a window that doubles, measured in attempts of ours, so that they get through
 * one by one. While the server is in trouble: longer and longer. Whoever stands in line waits there.
 */
function pauseMilliseconds({ repository, attempts, milliseconds, open }: Landing): number {
  const { random } = repository.settings;
  if (open === undefined || open.answer === 'unknown')
    return Math.min(5000, 200 * 2 ** Math.min(attempts, 6)) * (0.5 + random() / 2);
  return random() * Math.min(longestWindow, milliseconds * 2 ** Math.min(attempts - 1, 3));
}

function deadlineError({ repository, job, attempts, open }: Landing): RetryableError {
  const times = attempts === 1 ? 'one attempt' : `${attempts} attempts`;
  const unanswered = open?.answer === 'unknown' ? '; the last push was not answered and may have been done' : '';
  return new RetryableError(
    `could not land on ${job.branch} of ${repository.remote.url} within ${job.deadlineSeconds} s and ${times}${unanswered}`,
    { hint: 'Others were pushing all the time or the server was away; run it again, it lands once.' },
  );
}
