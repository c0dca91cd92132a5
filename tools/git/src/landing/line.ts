import { isDeepStrictEqual } from 'node:util';
import { messageOf } from '@luban-ci/core';
import { ageOf, newIntentId } from './intent.ts';
import type { LandResult } from './land.ts';
import { type Landing, othersIn, ownIn } from './landing.ts';
import { leaveIntent, withdrawIntents } from './own-intent.ts';
import { planStack } from './plan-stack.ts';
import { type BranchView, readLine, readView, type WaitingIntent } from './read-view.ts';
import { landedResults } from './results.ts';
import { findLanded } from './settle-earlier.ts';
import { patienceWith, waitForTurn } from './wait-for-turn.ts';

/**
 * Whether edits may be landed by somebody else than who asked. A key makes intents trustworthy on any branch; without
 * one, only whoever may push to the branch anyway must be able to leave them.
 */
export async function mayFold(landing: Landing): Promise<boolean> {
  const { repository, job } = landing;
  const { intents } = repository.settings;
  if (landing.folds !== undefined || intents === undefined) return landing.folds === true;
  landing.folds =
    intents.key !== undefined || (await intents.mayFold({ url: repository.remote.url, branch: job.branch }));
  return landing.folds;
}

/** Whether somebody is in line who will probably lead soon. */
export function isLine(landing: Landing, view: BranchView): boolean {
  const now = landing.repository.settings.clock.now();
  return othersIn(view, landing).some((each) => ageOf(each, now) < patienceWith(landing.milliseconds));
}

/**
 * Leaves our edits at the server, if they are not there, and waits for our turn.
 *
 * @returns the branch as it is then; `undefined` when there is no way to stand in line here: then the race goes on
 */
export async function standInLine(landing: Landing): Promise<BranchView | undefined> {
  if (!(await mayFold(landing))) return undefined;
  if (landing.intent === undefined) await leaveOurs(landing);
  return landing.intent === undefined ? undefined : await waitForTurn(landing, landing.intent);
}

/** One that may be there, or be on its way, is left again under its id: so there is never a second one of ours. */
async function leaveOurs(landing: Landing): Promise<void> {
  const { repository, job, left, unanswered } = landing;
  const id = unanswered ?? newIntentId(repository.settings.clock.now());
  if (unanswered === undefined) left.push(id);
  landing.unanswered = id; // also when leaving it throws
  const answer = await leaveIntent(repository, job, id);
  if (answer.answer === 'unknown') return;
  landing.unanswered = undefined;
  if (answer.answer === 'left') landing.intent = answer.own;
  else landing.folds = false;
}

/**
 * There is nothing to push for us. Intents that came to nothing as well are taken away: ours, those of the dead, and when it
 * is ours to lead, those of everybody, who then find out why.
 */
export async function leaveNothing(landing: Landing, view: BranchView, leads: boolean): Promise<LandResult[]> {
  const { repository, job, intent, attempts, milliseconds, planned } = landing;
  const now = repository.settings.clock.now();
  const { waiting, expired } = await readLine(landing, othersIn(view, landing));
  const idle = waiting.length === 0 ? [] : (await planStack(repository, view.base, job.commits, waiting, false)).idle;
  const isDone = (each: WaitingIntent): boolean =>
    leads || ageOf(each, now) > patienceWith(milliseconds) || isDeepStrictEqual(each.commits, job.commits);
  const ours = intent === undefined ? [] : [intent];
  await withdrawIntents(repository, [...ours, ...idle.filter(isDone).map(({ at }) => at), ...expired]);
  return landedResults(planned, [], view.base, { attempts });
}

/** All is done, and an intent that was not answered may have come to be there since. One that comes later finds nothing to do. */
export async function withdrawLate(landing: Landing): Promise<void> {
  if (landing.unanswered === undefined) return;
  try {
    await withdrawOurs(landing);
  } catch (error) {
    landing.repository.settings.log.info(`an intent of ours may be left: ${messageOf(error)}`);
  }
}

async function withdrawOurs(landing: Landing): Promise<void> {
  await withdrawIntents(landing.repository, ownIn(await readView(landing), landing));
}

/** We give up: nobody shall land our edits any more. Where somebody just has, they have landed after all. */
export async function giveUp(landing: Landing): Promise<LandResult[] | undefined> {
  if (landing.left.length === 0) return undefined;
  try {
    await withdrawOurs(landing);
    return await findLanded(landing, (await readView(landing)).base);
  } catch {
    return undefined;
  }
}
