import { isDeepStrictEqual } from 'node:util';
import { ageOf } from './intent.ts';
import type { IntentRef } from './intent-refs.ts';
import type { LandResult } from './land.ts';
import type { Landing } from './landing.ts';
import { leaveIntent, withdrawIntents } from './own-intent.ts';
import type { Stack } from './plan-stack.ts';
import { type BranchView, readView } from './read-view.ts';
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
export function isLine({ repository, left, milliseconds }: Landing, view: BranchView): boolean {
  const now = repository.settings.clock.now();
  return view.line.some((each) => !left.includes(each.id) && ageOf(each, now) < patienceWith(milliseconds));
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

/** There is nothing to push for us; intents that came to nothing as well are taken away, ours and those of the dead. */
export async function leaveNothing(
  landing: Landing,
  view: BranchView,
  stack: Stack,
  expired: readonly IntentRef[],
): Promise<LandResult[]> {
  const { repository, job, intent, attempts, milliseconds } = landing;
  const now = repository.settings.clock.now();
  const idle = stack.idle.filter(
    (each) => ageOf(each, now) > patienceWith(milliseconds) || isDeepStrictEqual(each.commits, job.commits),
  );
  const ours = intent === undefined ? [] : [intent];
  await withdrawIntents(repository, [...ours, ...idle.map(({ at }) => at), ...expired]);
  return landedResults(stack.mine, [], view.base, { attempts });
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
