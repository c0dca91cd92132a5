import { ageOf } from './intent.ts';
import type { IntentRef } from './intent-refs.ts';
import type { Landing } from './landing.ts';
import { type BranchView, readView } from './read-view.ts';

/**
 * Waits until it is ours to lead, or until our intent is gone. The first in the order of asking leads; when the branch
 * stands still for longer than a leader needs, anybody does: two leaders do no harm, as one push wins.
 *
 * @returns the branch as it is then
 */
export async function waitForTurn(landing: Landing, own: IntentRef): Promise<BranchView> {
  const { clock, random, signal } = landing.repository.settings;
  const patience = patienceWith(landing.milliseconds) * (1 + random());
  const isAheadOfUs = (each: IntentRef): boolean => each.id < own.id && ageOf(each, clock.now()) < patience;
  const { seen } = landing;
  let stoodSince = clock.now();
  let firstSince: Date | undefined;
  let view = seen?.line.some(isAheadOfUs) ? { ...seen, line: [...seen.line, own] } : await readView(landing);
  for (;;) {
    const now = clock.now();
    const isPast = now >= landing.job.deadline || now.getTime() - stoodSince.getTime() > patience;
    if (isPast || !view.line.some(({ ref }) => ref === own.ref)) return view;
    const isFirst = !view.line.some(isAheadOfUs);
    firstSince = isFirst ? (firstSince ?? now) : undefined;
    if (firstSince !== undefined && !isWorthWaiting(view.line, firstSince, now)) return view;
    await clock.sleep(isFirst ? gathering : pollMilliseconds(view.line.length, landing.milliseconds, random()), signal);
    const next = await readView(landing);
    if (next.tip !== view.tip) stoodSince = clock.now();
    view = next;
  }
}

/** Milliseconds that the first of a crowd waits for more of it, and at most: one push more costs everybody more than that. */
const gathering = 500;
const longestGathering = 1500;

/** Whether people are still joining a line that is a crowd, and whoever is first has not waited for long. */
function isWorthWaiting(line: readonly IntentRef[], firstSince: Date, now: Date): boolean {
  const isGrowing = line.length > 1 && line.some((each) => ageOf(each, now) < gathering);
  return isGrowing && now.getTime() - firstSince.getTime() < longestGathering;
}

/**
 * Milliseconds after which nobody is waited for any more, because whoever takes that long has probably died.
 *
 * @param usual how long an attempt takes here, in milliseconds: on a slow server everybody is slow
 */
export function patienceWith(usual: number): number {
  return Math.max(3000, usual * 4);
}

/** So that all who wait together ask some thirty times in a second, and nobody more often than a leader could be done. */
function pollMilliseconds(waiting: number, usual: number, random: number): number {
  return Math.min(4000, Math.max(100, waiting * 30, usual / 4)) * (0.75 + random / 2);
}
