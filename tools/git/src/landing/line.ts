import { isDeepStrictEqual } from 'node:util';
import { ageOf } from './intent.ts';
import type { IntentRef } from './intent-refs.ts';
import type { LandResult } from './land.ts';
import type { Landing } from './landing.ts';
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

async function leaveOurs(landing: Landing): Promise<void> {
  const left = await leaveIntent(landing.repository, landing.job);
  if (left.answer === 'refused') landing.folds = false;
  if (left.answer !== 'left') return;
  landing.intent = left.own;
  landing.left.push(left.own.id);
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

/** Who is in line beside us. */
export function othersIn({ line }: BranchView, { left }: Landing): IntentRef[] {
  return line.filter(({ id }) => !left.includes(id));
}

/** We give up: nobody shall land our edits any more. Where somebody just has, they have landed after all. */
export async function giveUp(landing: Landing): Promise<LandResult[] | undefined> {
  const { repository, intent, left } = landing;
  if (left.length === 0) return undefined;
  try {
    if (intent !== undefined) await withdrawIntents(repository, [intent]);
    return await findLanded(landing, (await readView(landing)).base);
  } catch {
    return undefined;
  }
}
