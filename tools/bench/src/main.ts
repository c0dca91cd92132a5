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
import { benchStartUp } from './start-up.ts';
import { benchStepChain } from './step-chain.ts';

const benchmarks: Record<string, (place: BenchPlace) => Promise<BenchResult>> = {
  start: benchStartUp,
  size: benchBundleSize,
  B1: benchEditOneImage,
  B3: (place) => benchLargeRepository(place),
  B4: (place) => benchConcurrentWriters(place),
  B2: benchEditManyImages,
  'B2-full': benchEditManyImagesFull,
  B5: benchStepChain,
  B7: benchChooseTag,
  B10: benchAppendBuild,
};

const root = fileURLToPath(new URL('../../../', import.meta.url));
const asked = process.argv.slice(2);
const say = (line: string): void => void process.stdout.write(`${line}\n`);

const unknown = asked.filter((id) => !Object.hasOwn(benchmarks, id));
if (unknown.length > 0) {
  process.stderr.write(
    `no benchmark is called ${unknown.join(', ')}; there are ${Object.keys(benchmarks).join(', ')}\n`,
  );
  process.exitCode = 2;
} else {
  await bench(asked.length > 0 ? asked : Object.keys(benchmarks).filter((id) => !id.endsWith('-full')));
}

async function bench(ids: readonly string[]): Promise<void> {
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
  say(`${bars.filter(isReached).length} of ${bars.length} bars reached; raw figures in ${file}`);
}
