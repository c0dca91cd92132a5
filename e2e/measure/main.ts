import { InputError } from '@luban-ci/core';
import { useCluster } from '../suites/cluster-in-use.ts';
import { tellFailure } from '../tell-failure.ts';
import { pipeline } from './pipeline.ts';
import { type MeasuredPlace, type Measurement, measuredPlace } from './place.ts';
import { pod } from './pod.ts';
import { rollOut } from './roll-out.ts';
import { lackOfRoom } from './room.ts';

const measurements: Record<string, Measurement> = { pipeline, 'roll-out': rollOut, pod };

/**
 * One turn of a measurement in the cluster; answers with JSON.
 *
 *   main.ts <measurement> prepare     {} or { "missing": "why it cannot be measured here" }
 *   main.ts <measurement> <turn>      { "milliseconds": 1234.5 }
 *   main.ts <measurement> remove      {}
 */
const [name = '', what = ''] = process.argv.slice(2);
process.once('SIGTERM', () => process.exit(143)); // so that what it has started ends, too

try {
  process.stdout.write(`${JSON.stringify(await answer())}\n`);
} catch (error) {
  tellFailure(error);
}

async function answer(): Promise<object> {
  const measurement = measurements[name];
  if (measurement === undefined) throw new InputError(`There is no ${name}: ${Object.keys(measurements).join(', ')}`);
  const turn = measurement.turns[what];
  const known = ['prepare', 'remove', ...Object.keys(measurement.turns)];
  if (!known.includes(what)) throw new InputError(`There is no ${name} ${what}: ${known.join(', ')}`);
  await using cluster = await useCluster(process.env);
  if (cluster === undefined) return { missing: 'wants a cluster, and none runs here: make cluster-up' };
  const place = measuredPlace(`bench-${name}`, cluster.environment);
  if (turn !== undefined) return { milliseconds: await turn(place) };
  if (what === 'remove') {
    await place.remove();
    return {};
  }
  const missing = await roomOf(place);
  if (missing !== undefined) return { missing };
  await measurement.prepare(place);
  return {};
}

async function roomOf({ kubectl }: MeasuredPlace): Promise<string | undefined> {
  const nodes = JSON.parse(await kubectl(['get', 'nodes', '-o', 'json']));
  return lackOfRoom(nodes, JSON.parse(await kubectl(['get', 'pods', '--all-namespaces', '-o', 'json'])));
}
