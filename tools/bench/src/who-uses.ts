import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '@luban-ci/core';
import { gitServer } from '@luban-ci/testing';
import { z } from 'zod';
import { appName, imageOf, manyApplications, overlayOf, type RepositorySize } from './many-applications.ts';
import { alternately, type Contender, type Missing, type Sample } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const repository = 'payment/gitops';
/** What the bar was set for: in a small repository most of the time is the start of a program and a few requests. */
const sizeOfBar = 5000;
/** A full clone, and a build of everything, may take minutes. */
const longestSeconds = 600;
const first = 'luban find-image';
const again = 'luban find-image, asked again';
const grep = 'git clone, grep';
const build = 'git clone, kustomize build of all';

/** B8: which files of one environment name an image, in what version, and the same question about the next image. */
export async function benchWhoUses(place: BenchPlace, size: RepositorySize): Promise<BenchResult> {
  await using server = await gitServer();
  const url = await server.importing(repository, 'develop', manyApplications(size));
  const answers = new Map<string, readonly string[]>();
  const turns = { url, next: imagesInTurn(size), answers };
  const quick = await alternately([cloneAndGrep(place, turns), ...lubanFor(place, turns)], { rounds: 3, warmUp: 0 });
  const slow = await buildOfAll(place, turns, size);
  const samples = [...quick, ...slow.samples];
  const ratio = medianNamed(samples, first) / medianNamed(samples, grep);
  const ofClone = { what: 'of a full clone with grep', measured: ratio, allowed: 0.1, unit: '' };
  return {
    id: 'B8',
    title: `who uses an image, among ${size.apps.toLocaleString('en')} applications and ${size.commits.toLocaleString('en')} commits`,
    samples,
    missing: slow.missing,
    remarks: Object.fromEntries([...answers].map(([name, found]) => [name, found.join(', ')])),
    bars: [
      ...(size.apps < sizeOfBar ? [] : [ofClone]),
      { what: 'contents that were fetched again', measured: fetchedAgain(answers), allowed: 0, unit: '' },
    ],
  };
}

const Answer = z.object({ outputs: z.object({ files: z.array(z.string()), fetched: z.number() }) });
type Answers = Map<string, readonly string[]>;

/** What every contender is given. */
interface Turns {
  url: string;
  /** Another image for every turn, so that nobody can know the answer. */
  next(): string;
  answers: Answers;
}

function imagesInTurn({ apps }: RepositorySize): Turns['next'] {
  let turn = 0;
  return () => {
    turn += 1;
    return imageOf(appName((turn * 37) % apps));
  };
}

function script(place: BenchPlace, turns: Turns, name: string, body: string, more: readonly string[] = []): Contender {
  return {
    name,
    run: async () => {
      const args = ['-c', `${cloned}${body}`, 'sh', turns.url, place.folder, turns.next(), ...more];
      const found = await place.start('sh', args, { timeoutSeconds: longestSeconds });
      turns.answers.set(name, [counted(found.trim().split('\n').length)]);
    },
  };
}

function cloneAndGrep(place: BenchPlace, turns: Turns): Contender {
  return script(place, turns, grep, 'grep -rlF --include=*.yaml "$3" .');
}

/** Once, because it takes long: one kustomization of all overlays, which is faster than a process for each. */
async function buildOfAll(
  place: BenchPlace,
  turns: Turns,
  { apps }: RepositorySize,
): Promise<{ samples: Sample[]; missing: Missing[] }> {
  const { kustomize } = place.comparators;
  const isMissing = (why: string) => ({ samples: [], missing: [{ name: build, missing: why }] });
  if ('missing' in kustomize) return isMissing(kustomize.missing);
  const all = Array.from({ length: apps }, (_, at) => `- ${overlayOf(appName(at))}\n`).join('');
  await writeFile(join(place.folder, 'all.yaml'), `resources:\n${all}`);
  const body = 'cp "$5" kustomization.yaml\n"$4" build . | grep -F "$3"';
  const contender = script(place, turns, build, body, [kustomize.path, join(place.folder, 'all.yaml')]);
  return alternately([contender], { rounds: 1, warmUp: 0 }).then(
    (samples) => ({ samples, missing: [] }),
    (error: unknown) => isMissing(messageOf(error).split('\n').at(-1) ?? ''),
  );
}

const cloned = `
set -eu
work=$(mktemp -d -p "$2")
trap 'rm -rf "$work"' EXIT
git clone --quiet --branch develop "$1" "$work"
cd "$work"
`;

/** The first time into a folder of its own, then again with what is there. */
function lubanFor(place: BenchPlace, { url, next, answers }: Turns): Contender[] {
  let round = 0;
  const ask = (name: string, before: () => void): Contender => ({
    name,
    run: async () => {
      before();
      const where = ['--gitops-repo-url', url, '--environments', '["snd"]'];
      const kept = ['--cache-folder', join(place.folder, `kept-${round}`)];
      const args = [place.luban, 'find-image', ...where, '--image', next(), ...kept];
      const env = { NODE_COMPILE_CACHE: join(place.folder, 'compiled') };
      const { outputs } = Answer.parse(JSON.parse(await place.start(process.execPath, args, { env })));
      answers.set(name, [counted(outputs.files.length), `${outputs.fetched} contents fetched`]);
    },
  });
  const nextRound = (): void => {
    round += 1;
  };
  return [ask(first, nextRound), ask(again, () => {})];
}

function counted(count: number): string {
  return `${count} found`;
}

function fetchedAgain(answers: Answers): number {
  return Number.parseInt(answers.get(again)?.[1] ?? '', 10);
}
