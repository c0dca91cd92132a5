import { join } from 'node:path';
import { type GitServer, gitServer } from '@luban-ci/testing';
import type { Sample } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const overlay = 'app/overlays/snd';
const repository = 'payment/gitops';
const imageOf = (writer: number): string => `quay.io/payment/app-${writer}`;

/** One way of writing to a branch that others write to as well. */
interface Way {
  name: string;
  /** Runs one writer to its end, well or badly. */
  write(place: BenchPlace, url: string, writer: number): Promise<unknown>;
}

/** What came of so many writers who began at the same moment. */
interface Race {
  milliseconds: number;
  /** Of the slowest but one in a hundred. */
  slowestMilliseconds: number;
  landed: number;
  /** Pushes to the branch that reached the server, those that it refused included. */
  pushes: number;
}

/** Clones, and sets one line of the file that all share; entries stand far enough apart for a merge. */
const clone = `
set -eu
export GIT_AUTHOR_NAME=Bench GIT_AUTHOR_EMAIL=b@example.com GIT_COMMITTER_NAME=Bench GIT_COMMITTER_EMAIL=b@example.com
work=$(mktemp -d -p "$2")
trap 'rm -rf "$work"' EXIT
git clone --quiet --depth 50 --branch develop "$1" "$work"
cd "$work"
edit() {
  sed -i "/name: $(echo "$3" | sed 's|/|.|g')$/,/newTag/s/newTag: .*/newTag: v1/" ${overlay}/kustomization.yaml
  git commit --quiet --all --message "Deploy $3"
}
edit "$@"
`;

const ways: readonly Way[] = [
  script('push once', 'git push --quiet origin develop'),
  script(
    'pull --rebase, five tries',
    'for try in 1 2 3 4 5; do git push --quiet origin develop && exit 0; git pull --quiet --rebase || exit 1; done; exit 1',
  ),
  script(
    'back off, ten tries',
    // The step git-push of Kargo 1.11, without the lock that its controller holds: the pauses are those of apimachinery's
    // `wait.Backoff`, a second and half as long again each time, each up to one and a half times as long by chance.
    `pause=1000
for try in 1 2 3 4 5 6 7 8 9 10; do
  git pull --quiet --rebase || exit 1
  git push --quiet origin develop && exit 0
  [ $try = 10 ] || sleep "$(awk -v pause=$pause -v seed="$$$try" 'BEGIN { srand(seed); print pause / 1000 * (1 + rand() / 2) }')"
  pause=$((pause * 3 / 2)); [ $pause -gt 30000 ] && pause=30000
done; exit 1`,
  ),
  script(
    'edit again on the new tip, thirty tries',
    `for try in $(seq 30); do
  git push --quiet origin develop && exit 0
  git fetch --quiet --depth 1 origin develop; git reset --quiet --hard FETCH_HEAD; edit "$@"
done; exit 1`,
  ),
  {
    name: 'luban deploy-image',
    write: (place, url, writer) => {
      const what = ['--project-name', 'payment', '--app-name', `app-${writer}`, '--image', imageOf(writer)];
      const args = ['deploy-image', '--gitops-repo-url', url, ...what, '--image-tag', 'v1'];
      return place.start(process.execPath, [place.luban, ...args], { env: compiledIn(place) });
    },
  },
];

/** Where Node keeps compiled code. */
function compiledIn({ folder }: BenchPlace): Record<string, string> {
  return { NODE_COMPILE_CACHE: join(folder, 'compiled') };
}

function script(name: string, push: string): Way {
  return {
    name,
    write: (place, url, writer) =>
      place.start('sh', ['-c', `${clone}${push}`, 'sh', url, place.folder, imageOf(writer)], { accepts: [0, 1, 128] }),
  };
}

const luban = 'luban deploy-image';
const backOff = 'back off, ten tries';

/** B4: writers who begin at the same moment, each with an image of its own in one file of one branch. */
export async function benchConcurrentWriters(place: BenchPlace, writers = 50): Promise<BenchResult> {
  const races = new Map<string, Race>();
  for (const way of ways) await race(place, way, 1); // pages and compiled code are kept
  for (const way of ways) races.set(way.name, await race(place, way, writers));
  const samples = [...races].map(([name, { milliseconds }]): Sample => ({ name, milliseconds: [milliseconds] }));
  const ours = races.get(luban) as Race;
  return {
    id: 'B4',
    title: `${writers} writers on one branch at the same moment`,
    samples,
    missing: [],
    remarks: Object.fromEntries(
      [...races].map(([name, { landed, pushes }]) => [
        name,
        `${landed} of ${writers} landed, ${pushes} pushes to the branch`,
      ]),
    ),
    bars: [
      { what: 'writers that did not land', measured: writers - ours.landed, allowed: 0, unit: '' },
      { what: 'pushes to the branch', measured: ours.pushes, allowed: writers / 4, unit: '' },
      { what: 'the slowest writer (p99)', measured: ours.slowestMilliseconds / 1000, allowed: 10, unit: 's' },
      {
        what: 'of the time that backing off takes',
        measured: medianNamed(samples, luban) / medianNamed(samples, backOff),
        allowed: 0.25,
        unit: '',
      },
    ],
  };
}

async function race(place: BenchPlace, way: Way, writers: number): Promise<Race> {
  await using server = await gitServer();
  const url = await server.create(repository, {
    develop: { [`${overlay}/kustomization.yaml`]: kustomization(writers) },
  });
  const pushes = await server.recordPushes(repository);
  const started = performance.now();
  const finished = await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      await way.write(place, url, writer);
      return performance.now() - started;
    }),
  );
  const milliseconds = performance.now() - started;
  const reached = (await pushes()).filter((refs) => refs.includes('refs/heads/develop')).length;
  const slowest = finished.sort((a, b) => a - b)[Math.ceil(writers * 0.99) - 1] ?? milliseconds;
  return { milliseconds, slowestMilliseconds: slowest, landed: await landedOn(server), pushes: reached };
}

async function landedOn(server: GitServer): Promise<number> {
  const text = await server.git(repository, ['show', `develop:${overlay}/kustomization.yaml`]);
  return text.split('newTag: v1\n').length - 1;
}

function kustomization(writers: number): string {
  const entries = Array.from(
    { length: writers },
    (_, at) => `  - name: ${imageOf(at)}\n    newTag: v0\n\n  # ${at}\n\n`,
  );
  return `images:\n${entries.join('')}`;
}
