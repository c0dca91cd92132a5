import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { applyEdits, parseEdit, textFile } from '@luban-ci/edits';
import { alternately, type Contender, type Missing, type Sample } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type Bar, type BenchResult, medianNamed } from './result.ts';

/** So many images in so many overlays. */
interface Size {
  images: number;
  overlays: number;
}

/** B2: a few images in all overlays of a repository. */
export function benchEditManyImages(place: BenchPlace): Promise<BenchResult> {
  const sizes = [
    { images: 1, overlays: 1 },
    { images: 1, overlays: 500 },
    { images: 20, overlays: 500 },
  ];
  return benchSizes(place, 'B2', sizes, 3);
}

/** B2 at the size of a large company, which takes ruamel minutes. */
export function benchEditManyImagesFull(place: BenchPlace): Promise<BenchResult> {
  return benchSizes(place, 'B2-full', [{ images: 10, overlays: 5000 }], 1);
}

async function benchSizes(place: BenchPlace, id: string, sizes: readonly Size[], rounds: number): Promise<BenchResult> {
  const results: Measured[] = [];
  for (const size of sizes) results.push(await measureSize(place, size, rounds));
  return {
    id,
    title: 'N images in M overlays, all of them from one version to another',
    samples: results.flatMap(({ samples }) => samples),
    missing: results.flatMap(({ missing }) => missing),
    remarks: Object.assign({}, ...results.map(({ remarks }) => remarks)),
    bars: results.flatMap(({ bars }) => bars),
  };
}

type Measured = Pick<BenchResult, 'samples' | 'missing' | 'remarks' | 'bars'>;

async function measureSize(place: BenchPlace, size: Size, rounds: number): Promise<Measured> {
  const named = (who: string): string => `${who}, ${size.images} × ${size.overlays}`;
  const names = ['ours', 'ruamel', 'yq'].map((who) => join(place.folder, named(who).replaceAll(/\W+/g, '-')));
  const [ourFolder = '', ruamelFolder = '', yqFolder = ''] = names;
  for (const folder of names) await makeOverlays(folder, size);
  const remark = await checkOurs(ourFolder, size);
  const { python, goYq } = place.comparators;
  const contenders: Contender[] = [{ name: named('ours'), run: alternating((tag) => editOurs(ourFolder, size, tag)) }];
  const missing: Missing[] = [];
  if ('missing' in python) missing.push({ name: named('ruamel in one process'), missing: python.missing });
  else {
    const run = alternating((tag) =>
      place.start(python.path, ['-c', ruamelScript, ruamelFolder, tag, String(size.images)]),
    );
    contenders.push({ name: named('ruamel in one process'), run });
  }
  const samples = await alternately(contenders, { rounds, warmUp: 0 });
  const slow = await measureYq(place, goYq, yqFolder, size);
  return {
    samples: [...samples, ...slow.samples],
    missing: [...missing, ...slow.missing],
    remarks: { [named('ours')]: remark.text },
    bars: barsOf(samples, named, remark.needless, size),
  };
}

function barsOf(samples: readonly Sample[], named: (who: string) => string, needless: number, size: Size): Bar[] {
  const written = {
    what: named('files that ours writes without a change'),
    measured: needless,
    allowed: 0,
    unit: 'files',
  };
  const theirs = samples.find(({ name }) => name === named('ruamel in one process'));
  // One file is all start of a program: the bar is about the work.
  if (theirs === undefined || size.overlays === 1) return [written];
  const measured = medianNamed(samples, named('ours')) / medianNamed(samples, theirs.name);
  return [{ what: named('ours beside ruamel'), measured, allowed: 1 / 5, unit: '×' }, written];
}

/** A program for each file, as scripts do it; once, and only where it ends within a minute. */
async function measureYq(
  place: BenchPlace,
  goYq: BenchPlace['comparators']['goYq'],
  folder: string,
  size: Size,
): Promise<{ samples: Sample[]; missing: Missing[] }> {
  const name = `one process of yq (Go) per file, ${size.images} × ${size.overlays}`;
  if (size.images > 1) return { samples: [], missing: [] };
  if ('missing' in goYq) return { samples: [], missing: [{ name, missing: goYq.missing }] };
  const expression = `(.images[] | select(.name == "${imageName(0)}").newTag) = "2.0.0"`;
  const run = async (): Promise<void> => {
    for (const path of overlayPaths(size)) await place.start(goYq.path, ['-i', expression, path], { cwd: folder });
  };
  return { samples: await alternately([{ name, run }], { rounds: 1, warmUp: 0 }), missing: [] };
}

const versions = ['1.0.0', '2.0.0'] as const;

/** Every turn sets the version that does not stand there, so that nobody needs a fresh start. */
function alternating(set: (tag: string) => Promise<unknown>): () => Promise<unknown> {
  let turn = 1;
  return () => set(versions[turn++ % 2] ?? versions[0]);
}

async function editOurs(folder: string, size: Size, tag: string): Promise<number> {
  const paths = overlayPaths(size);
  const texts = await Promise.all(paths.map((path) => readFile(join(folder, path), 'utf8')));
  const files = new Map(paths.map((path, at) => [path, textFile(texts[at] ?? '')]));
  const images = Array.from({ length: size.images }, (_, at) => ({ image: imageName(at), to: { tag } }));
  const edit = parseEdit({ kind: 'set-images', version: 1, paths, images, layouts: ['kustomize'] });
  const { changes } = applyEdits([edit], files);
  await Promise.all([...changes].map(([path, file]) => writeFile(join(folder, path), file?.bytes ?? '')));
  return changes.size;
}

/** Whether ours leaves what it should, byte for byte, and writes no file that stays the same. */
async function checkOurs(folder: string, size: Size): Promise<{ text: string; needless: number }> {
  const before = await snapshot(folder, size);
  await editOurs(folder, size, '2.0.0');
  const after = await snapshot(folder, size);
  const isRight = before.every(({ text }, at) => after[at]?.text === withTag(text, size));
  const needless = before.filter(({ text, time }, at) => after[at]?.text === text && after[at]?.time !== time).length;
  const written = before.filter(({ time }, at) => after[at]?.time !== time).length;
  await editOurs(folder, size, '1.0.0');
  return {
    text: `${written} of ${size.overlays} files written${isRight ? ', no stray byte' : ', STRAY BYTES'}`,
    needless,
  };
}

async function snapshot(folder: string, size: Size): Promise<{ text: string; time: number }[]> {
  return Promise.all(
    overlayPaths(size).map(async (path) => ({
      text: await readFile(join(folder, path), 'utf8'),
      time: (await stat(join(folder, path))).mtimeMs,
    })),
  );
}

function withTag(text: string, size: Size): string {
  return Array.from({ length: size.images }, (_, at) => imageName(at)).reduce(
    (current, name) => current.replace(`${name} # ours\n    newTag: 1.0.0`, `${name} # ours\n    newTag: 2.0.0`),
    text,
  );
}

function overlayPaths({ overlays }: Size): string[] {
  return Array.from({ length: overlays }, (_, at) => `apps/app-${at}/overlays/snd/kustomization.yaml`);
}

function imageName(at: number): string {
  return `quay.io/payment/service-${at}`;
}

async function makeOverlays(folder: string, size: Size): Promise<void> {
  for (const [at, path] of overlayPaths(size).entries()) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), overlay(at, size.images));
  }
}

/** Every fifth lists none of the images, but for a single one. */
function overlay(at: number, images: number): string {
  const own = at % 5 === 4 ? ['quay.io/other/app'] : Array.from({ length: images }, (_, image) => imageName(image));
  const entries = own.map((name) => `  - name: ${name} # ours\n    newTag: 1.0.0\n`).join('');
  return `---\n# overlay ${at}\nresources:\n- ../../base\n\nnamespace: snd-${at}\nimages:\n${entries}  - name: quay.io/payment/side\n    newTag: "1.0"\n`;
}

const ruamelScript = `
import pathlib, sys
from ruamel.yaml import YAML
yaml = YAML(); yaml.preserve_quotes = True
folder, tag, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
wanted = {f"quay.io/payment/service-{at}" for at in range(count)}
for path in sorted(pathlib.Path(folder).rglob("kustomization.yaml")):
    content = yaml.load(path)
    changed = False
    for image in content["images"]:
        if image["name"] in wanted: image["newTag"] = tag; changed = True
    if changed: yaml.dump(content, path)
`;
