import { clusterTurns } from './cluster.ts';
import { alternately } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const ours = 'luban-ci-kpack-template';
const bare = 'two bare shell steps';

/** B11: from a submitted workflow to the pod of the new version that answers over HTTP. */
export async function benchRollOut(place: BenchPlace): Promise<BenchResult> {
  await using cluster = await clusterTurns(place, 'roll-out', { bare, luban: ours });
  const samples = await alternately(cluster.contenders, { rounds: 3, warmUp: 1 });
  const measured = samples.length === 0 ? undefined : medianNamed(samples, ours) / 1000;
  return {
    id: 'B11',
    title: 'workflow submitted → the new version answers: clone, build, digest into git, Argo CD, roll-out',
    samples,
    missing: cluster.missing,
    remarks: { [ours]: 'with the record, the guard, the trailers and a commit status' },
    bars: measured === undefined ? [] : [{ what: 'until it answers', measured, allowed: 15, unit: 's' }],
  };
}
