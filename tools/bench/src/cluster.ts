import { join } from 'node:path';
import { z } from 'zod';
import type { Missing, SelfTimed } from './measure.ts';
import type { BenchPlace } from './place.ts';

/** Contenders that take their turns in the cluster of `make cluster-up`; where none runs, each is named with the reason. */
export interface ClusterTurns extends AsyncDisposable {
  contenders: SelfTimed[];
  missing: Missing[];
}

const Prepared = z.object({ missing: z.string().optional() });
const Turn = z.object({ milliseconds: z.number() });

/** A pipeline in a cluster that is busy may take minutes. */
const longestSeconds = 900;

/**
 * Prepares a measurement of e2e/measure, which is a program of its own: no package imports what lies there.
 *
 * @param names what the table calls each of its turns
 */
export async function clusterTurns(
  place: Pick<BenchPlace, 'root' | 'start'>,
  measurement: string,
  names: Readonly<Record<string, string>>,
): Promise<ClusterTurns> {
  const ask = async (what: string): Promise<unknown> => {
    const args = [join(place.root, 'e2e/measure/main.ts'), measurement, what];
    const options = { env: cacheOf(process.env), timeoutSeconds: longestSeconds };
    return JSON.parse(await place.start(process.execPath, args, options));
  };
  const { missing } = Prepared.parse(await ask('prepare'));
  if (missing !== undefined) {
    const absent = Object.values(names).map((name) => ({ name, missing }));
    return { contenders: [], missing: absent, [Symbol.asyncDispose]: async () => {} };
  }
  const contenders = Object.entries(names).map(([turn, name]) => ({
    name,
    timed: async () => Turn.parse(await ask(turn)).milliseconds,
  }));
  return { contenders, missing: [], [Symbol.asyncDispose]: async () => void (await ask('remove')) };
}

/** Where the cluster's programs and its kubeconfig lie. */
function cacheOf({ XDG_CACHE_HOME: folder }: NodeJS.ProcessEnv): Record<string, string> {
  return folder ? { XDG_CACHE_HOME: folder } : {};
}
