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
  let view = await readView(landing);
  for (;;) {
    const now = clock.now();
    const isAheadOfUs = (each: IntentRef): boolean => each.id < own.id && ageOf(each, now) < patience;
    const isPast = now >= landing.job.deadline || now.getTime() - stoodSince.getTime() > patience;
    if (isPast || !view.line.some(isAheadOfUs) || !view.line.some(({ ref }) => ref === own.ref)) return view;
    await clock.sleep(pollMilliseconds(view.line.length) * (0.5 + random()), signal);
    const next = await readView(landing);
    if (next.tip !== view.tip) stoodSince = clock.now();
    view = next;
  }
}

/**
 * Milliseconds after which nobody is waited for any more, because whoever takes that long has probably died.
 *
 * @param usual how long an attempt takes here, in milliseconds: on a slow server everybody is slow
 */
export function patienceWith(usual: number): number {
  return Math.max(3000, usual * 4);
}

/** So that all who wait together ask some twenty times in a second. */
function pollMilliseconds(waiting: number): number {
  return Math.min(3000, Math.max(100, waiting * 50));
}
