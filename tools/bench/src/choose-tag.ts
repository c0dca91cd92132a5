import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Clock, systemClock } from '@luban-ci/core';
import { createRegistryClient, createTagFilter, type RegistryClient, rankByPolicy, selectTag } from '@luban-ci/images';
import { alternately, type Contender, type Missing } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type Bar, type BenchResult, medianNamed } from './result.ts';
import { startTagRegistry, type TagRegistry } from './tag-registry.ts';

const sizes = [1_000, 10_000, 100_000] as const;
const policy = { kind: 'semver', range: '>=1.2 <40' } as const;
const byBuild = { pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' };

/** B7: one tag of many, by the names alone and from a registry, cold and asked again. */
export async function benchChooseTag(place: BenchPlace): Promise<BenchResult> {
  const found: Omit<BenchResult, 'id' | 'title'> = { samples: [], missing: [], remarks: {}, bars: [] };
  for (const size of sizes) {
    await using registry = await startTagRegistry(tagsOf(size));
    const some = await benchSize(place, registry, size);
    found.samples.push(...some.samples);
    found.missing.push(...some.missing);
    Object.assign(found.remarks, some.remarks);
    found.bars.push(...some.bars);
  }
  return { id: 'B7', title: 'choose a tag among 1,000, 10,000 and 100,000', ...found };
}

async function benchSize(
  place: BenchPlace,
  registry: TagRegistry,
  size: number,
): Promise<Omit<BenchResult, 'id' | 'title'>> {
  const tags = tagsOf(size);
  const named = (what: string): string => `${size.toLocaleString('en')}: ${what}`;
  const keptIn = join(place.folder, `kept-${size}`);
  const cold = async () => {
    await rm(keptIn, { recursive: true, force: true });
    return chosen(registry, keptIn);
  };
  const filter = await createTagFilter(byBuild);
  const contenders: Contender[] = [
    { name: named('ours, names alone, a range'), run: () => rankByPolicy(tags, policy).bestFirst().next() },
    {
      name: named('ours, names alone, a number taken out by a pattern'),
      run: () => rankByPolicy(tags, { kind: 'numerical', direction: 'ascending' }, filter).bestFirst().next(),
    },
    { name: named('ours, listed and chosen, cold'), run: cold },
    { name: named('ours, listed and chosen, asked again'), run: () => chosen(registry, keptIn) },
  ];
  const missing: Missing[] = [];
  const { semver } = place.comparators;
  if ('missing' in semver) missing.push({ name: named('semver of npm, sorting all'), missing: semver.missing });
  else contenders.push({ name: named('semver of npm, sorting all'), run: await sortingAll(semver.path, tags) });
  if (size === sizes[0]) contenders.push({ name: named('metadata of each tag'), run: () => metadataOfEach(registry) });
  else
    missing.push({
      name: named('metadata of each tag'),
      missing: `${size.toLocaleString('en')} requests; measured with ${sizes[0].toLocaleString('en')}`,
    });
  const requests = await countRequests(registry, cold, () => chosen(registry, keptIn));
  const samples = await alternately(contenders, { rounds: size > 10_000 ? 5 : 9, warmUp: 2 });
  const bars =
    size === 100_000 ? timeBars(contenders.slice(0, 4).map(({ name }) => [name, medianNamed(samples, name)])) : [];
  return { samples, missing, remarks: requests.remarks(named), bars: [...bars, ...requests.bars] };
}

function timeBars(medians: [string, number][]): Bar[] {
  return medians.map(([what, measured]) => ({ what, measured, allowed: 400, unit: 'ms' }));
}

/** Counted once, and once more with a registry that has too much to do. */
async function countRequests(registry: TagRegistry, cold: () => Promise<unknown>, warm: () => Promise<unknown>) {
  const during = async (work: () => Promise<unknown>): Promise<{ asked: number; refused: number }> => {
    const before = registry.counted();
    await work();
    const after = registry.counted();
    // The last request asks for the digest of the tag; the others are about the list.
    return { asked: after.answered - before.answered - 1, refused: after.refused - before.refused };
  };
  const [first, again] = [await during(cold), await during(warm)];
  registry.refuseEvery(3);
  const hindered = await during(cold);
  registry.refuseEvery(0);
  const pages = `requests for ${registry.pages} ${registry.pages === 1 ? 'page' : 'pages'}`;
  return {
    remarks: (named: (what: string) => string): Record<string, string> => ({
      [named('ours, listed and chosen, cold')]:
        `${first.asked} requests for the list; ${hindered.asked} where ${hindered.refused} were refused`,
      [named('ours, listed and chosen, asked again')]: `${again.asked} request for the list`,
    }),
    bars: [
      { what: `${pages}, cold`, measured: first.asked, allowed: registry.pages, unit: 'requests' },
      {
        what: `${pages}, those not refused`,
        measured: hindered.asked - hindered.refused,
        allowed: registry.pages,
        unit: 'requests',
      },
      { what: `${pages}, asked again`, measured: again.asked, allowed: 1, unit: 'requests' },
    ],
  };
}

const unhindered: Clock = { ...systemClock, sleep: async () => {} };

function clientOf(keptIn?: string): RegistryClient {
  return createRegistryClient({ clock: unhindered, keptIn });
}

function chosen(registry: TagRegistry, keptIn: string): Promise<unknown> {
  return selectTag(clientOf(keptIn), { repository: { registry: registry.host, path: 'team/app' }, policy });
}

/** What a script does that knows no better: every tag that is a version, sorted, the last one taken. */
async function sortingAll(path: string, tags: readonly string[]): Promise<() => unknown> {
  const { default: semver } = await import(pathToFileURL(path).href);
  return () =>
    tags
      .filter((tag) => semver.valid(tag))
      .sort(semver.compare)
      .filter((tag) => semver.satisfies(tag, policy.range))
      .at(-1);
}

/** What a tool does that asks each image for its time. */
async function metadataOfEach(registry: TagRegistry): Promise<unknown> {
  const repository = { registry: registry.host, path: 'team/app' };
  return selectTag(clientOf(), { repository, policy: { kind: 'newest' }, mostLookedInto: 1_000_000 });
}

/** Half versions, half builds of a branch, with prereleases and other tags among them; the same every time. */
function tagsOf(size: number): string[] {
  return Array.from({ length: size }, (_, at) => {
    const mixed = (at * 7919) % 1_000_003;
    if (at % 2 === 0) return `main-${mixed.toString(16).padStart(7, '0')}-${1_700_000_000 + mixed}`;
    if (at % 101 === 0) return `nightly-${mixed}`;
    return `${at % 50}.${mixed % 97}.${at}${at % 7 === 0 ? `-rc.${mixed % 9}` : ''}`;
  });
}
