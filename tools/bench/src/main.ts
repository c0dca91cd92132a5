import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchAppendBuild } from './append-build.ts';
import { benchBundleSize } from './bundle-size.ts';
import { benchChooseTag } from './choose-tag.ts';
import { findComparators } from './comparators.ts';
import { benchConcurrentWriters } from './concurrent-writers.ts';
import { benchEditManyImages, benchEditManyImagesFull } from './edit-many-images.ts';
import { benchEditOneImage } from './edit-one-image.ts';
import { benchLargeRepository } from './large-repository.ts';
import { describeMachine } from './machine.ts';
import { type BenchPlace, withPlace } from './place.ts';
import { type BenchResult, isReached, resultTable } from './result.ts';
import { benchRollOut } from './roll-out.ts';
import { benchStartUp } from './start-up.ts';
import { benchStepChain } from './step-chain.ts';
import { benchStepInPod } from './step-in-a-pod.ts';
import { benchWhoUses } from './who-uses.ts';
import { benchWholeDelivery } from './whole-delivery.ts';

type Benchmark = (place: BenchPlace) => Promise<BenchResult>;

/** What `make bench` runs, in some minutes. */
const everyday: Record<string, Benchmark> = {
  start: benchStartUp,
  size: benchBundleSize,
  B1: benchEditOneImage,
  B2: benchEditManyImages,
  B3: (place) => benchLargeRepository(place, { apps: 1000, commits: 4000 }),
  B4: (place) => benchConcurrentWriters(place),
  B5: benchStepChain,
  B7: benchChooseTag,
  B8: (place) => benchWhoUses(place, { apps: 1000, commits: 4000 }),
  B9: benchWholeDelivery,
  B10: benchAppendBuild,
  B11: benchRollOut,
  pod: benchStepInPod,
};

/** What `make bench-full` runs: the large fixtures, beside those of every day that are as large as they get. */
const full: Record<string, Benchmark> = {
  'B2-full': benchEditManyImagesFull,
  'B3-full': (place) => benchLargeRepository(place, { apps: 5000, commits: 20_000 }),
  'B4-10': (place) => benchConcurrentWriters(place, 10),
  'B4-20': (place) => benchConcurrentWriters(place, 20),
  'B4-50': (place) => benchConcurrentWriters(place, 50),
  'B4-100': (place) => benchConcurrentWriters(place, 100),
  B7: benchChooseTag,
  'B8-full': (place) => benchWhoUses(place, { apps: 5000, commits: 20_000 }),
};

const benchmarks: Record<string, Benchmark> = { ...everyday, ...full };
const root = fileURLToPath(new URL('../../../', import.meta.url));
const asked = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const unknown = asked.filter((id) => id !== 'full' && !Object.hasOwn(benchmarks, id));
if (unknown.length > 0) {
  const known = ['full', ...Object.keys(benchmarks)].join(', ');
  process.stderr.write(`no benchmark is called ${unknown.join(', ')}; there are ${known}\n`);
  process.exitCode = 2;
} else {
  const ids = asked.flatMap((id) => (id === 'full' ? Object.keys(full) : [id]));
  await bench(ids.length > 0 ? ids : Object.keys(everyday));
}

async function bench(ids: readonly string[]): Promise<void> {
  const started = performance.now();
  const machine = describeMachine();
  say(
    `${Object.entries(machine)
      .map(([name, value]) => `${name} ${value}`)
      .join(', ')}\n`,
  );
  const comparators = await findComparators(say);
  const results: BenchResult[] = [];
  for (const id of ids) {
    const run = benchmarks[id];
    if (run === undefined) continue;
    const luban = join(root, 'tools/gitops-utils/build/luban.mjs');
    const result = await withPlace({ root, luban, comparators }, run);
    results.push(result);
    say(resultTable(result));
  }
  const folder = join(root, '.luban/bench');
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${String(machine['date']).replaceAll(':', '-')}.json`);
  await writeFile(file, `${JSON.stringify({ machine, results }, null, 2)}\n`);
  const bars = results.flatMap((result) => result.bars);
  const minutes = (performance.now() - started) / 60_000;
  say(
    `${bars.filter(isReached).length} of ${bars.length} bars reached in ${minutes.toFixed(1)} min; raw figures in ${file}`,
  );
}
