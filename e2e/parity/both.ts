import type { Account } from './account.ts';
import { type ClusterAtHand, clusterAtHand } from './cluster-at-hand.ts';
import { type ClusterPlace, clusterPlace } from './cluster-place.ts';
import { runHere } from './run-here.ts';
import { type RunThere, runThere } from './run-there.ts';
import type { Submission } from './submission.ts';

/** Runs workflows on this machine and in the cluster, in a namespace of the same name. */
export interface Both extends AsyncDisposable {
  run(submission: Submission): Promise<RunThere & { here: Account }>;
}

/** Milliseconds for one workflow, with all that go before it. */
export const patience = 30 * 60_000;

export async function openBoth(surroundings: string): Promise<Both> {
  const cluster = await presentCluster();
  const place: ClusterPlace = await clusterPlace(cluster);
  await place.apply(surroundings);
  return {
    run: async (submission) => {
      const [here, ended] = await Promise.all([
        runHere(submission, place.namespace),
        runThere(submission, cluster, place.namespace),
      ]);
      return { here, ...ended };
    },
    [Symbol.asyncDispose]: () => place[Symbol.asyncDispose](),
  };
}

async function presentCluster(): Promise<ClusterAtHand> {
  const cluster = await clusterAtHand();
  if (cluster === undefined) throw new Error('the cluster that was there is gone');
  return cluster;
}
