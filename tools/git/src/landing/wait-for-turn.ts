import { ageOf } from './intent.ts';
import type { IntentRef } from './intent-refs.ts';
import type { Landing } from './landing.ts';
import type { OwnIntent } from './own-intent.ts';
import { type BranchView, readView } from './read-view.ts';

/**
 * Waits until it is ours to lead, or until our intent is gone. The first in the order of asking leads; when the branch
 * stands still for longer than a leader needs, anybody does: two leaders do no harm, as one push wins.
 *
 * @returns the branch as it is then
 */
export async function waitForTurn(landing: Landing, own: OwnIntent): Promise<BranchView> {
  const { clock, random, signal } = landing.repository.settings;
  const patience = patienceWith(landing.milliseconds) * (1 + random());
  let stoodSince = clock.now();
  let hasGathered = false;
  let view = await readView(landing);
  for (;;) {
    const now = clock.now();
    const isAheadOfUs = (each: IntentRef): boolean => each.id < own.id && ageOf(each, now) < patience;
    const isPast = now >= landing.job.deadline || now.getTime() - stoodSince.getTime() > patience;
    if (isPast || !view.line.some(({ ref }) => ref === own.ref)) return view;
    const isFirst = !view.line.some(isAheadOfUs);
    if (isFirst && (hasGathered || !isGrowing(view.line, now))) return view;
    hasGathered = isFirst;
    await clock.sleep(isFirst ? gathering : pollMilliseconds(view.line.length, landing.milliseconds, random()), signal);
    const next = await readView(landing);
    if (next.tip !== view.tip) stoodSince = clock.now();
    view = next;
  }
}

/** Milliseconds that the first of a crowd waits for the rest of it: one push more costs everybody more than that. */
const gathering = 500;

/** Whether people are still joining a line that is a crowd. */
function isGrowing(line: readonly IntentRef[], now: Date): boolean {
  return line.length > 3 && line.some((each) => ageOf(each, now) < gathering);
}

/**
 * Milliseconds after which nobody is waited for any more, because whoever takes that long has probably died.
 *
 * @param usual how long an attempt takes here, in milliseconds: on a slow server everybody is slow
 */
export function patienceWith(usual: number): number {
  return Math.max(3000, usual * 4);
}

/** So that all who wait together ask some twenty times in a second, and nobody more often than a leader could be done. */
function pollMilliseconds(waiting: number, usual: number, random: number): number {
  return Math.min(4000, Math.max(100, waiting * 50, usual / 2)) * (0.75 + random / 2);
}
