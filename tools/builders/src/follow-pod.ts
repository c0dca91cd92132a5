import { type Clock, type Log, messageOf } from '@luban-ci/core';
import type { Kube } from '@luban-ci/kube';

export interface Following {
  kube: Kube;
  clock: Clock;
  log: Log;
  /** Aborts when the build has ended, whatever its log still says. */
  signal: AbortSignal;
}

/**
 * Tells the log of a build's pod as it runs. A log that cannot be read is no failure of the build: it is said once, and
 * that container is left out.
 *
 * @param containers in the order in which they run
 */
export async function followPod(
  pod: { namespace: string; name: string },
  containers: readonly string[],
  { kube, clock, log, signal }: Following,
): Promise<void> {
  for (const container of containers) {
    const phase = log.group(container);
    const isTold = await untilStarted(() => kube.followLog({ ...pod, container }, phase.info), clock, signal);
    if (!isTold.done) phase.debug(`no log: ${isTold.reason}`);
  }
}

/** A container that still waits for the one before it has no log yet; the cluster then refuses (400), and we ask again. */
async function untilStarted(
  follow: () => Promise<void>,
  clock: Clock,
  signal: AbortSignal,
): Promise<{ done: true } | { done: false; reason: string }> {
  for (;;) {
    try {
      await follow();
      return { done: true };
    } catch (error) {
      if (signal.aborted) return { done: false, reason: messageOf(error) };
      await clock.sleep(2_000, signal).catch(() => {});
    }
  }
}
