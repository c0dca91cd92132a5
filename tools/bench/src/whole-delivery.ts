import { clusterTurns } from './cluster.ts';
import { localDelivery } from './local-delivery.ts';
import { alternately } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const ours = 'luban run, on the playground';
const argo = 'Argo, in the cluster';

/** B9: commit → image → sandbox commit → promotion pull request, by the same two templates. */
export async function benchWholeDelivery(place: BenchPlace): Promise<BenchResult> {
  await using local = await localDelivery(place);
  await using cluster = await clusterTurns(place, 'pipeline', { argo });
  const contenders = [...cluster.contenders, { name: ours, timed: () => local.commitToPullRequest() }];
  const samples = await alternately(contenders, { rounds: 3, warmUp: 1 });
  const isThere = cluster.missing.length === 0;
  const ratio = isThere ? medianNamed(samples, ours) / medianNamed(samples, argo) : Number.NaN;
  return {
    id: 'B9',
    title: 'commit → image → sandbox commit → promotion pull request, by the same templates',
    samples,
    missing: cluster.missing,
    remarks: {},
    bars: isThere ? [{ what: 'of the time of Argo', measured: ratio, allowed: 0.1, unit: '' }] : [],
  };
}
