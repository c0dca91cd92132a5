import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitServer, gitServer } from '@luban-ci/testing';
import { appName, imageOf, manyApplications, overlayOf, type RepositorySize } from './many-applications.ts';
import { alternately, type Contender, type Sample } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const repository = 'payment/gitops';

const ours = 'luban deploy-image';
const far = 'luban deploy-image, 100 ms away';
const shallow = 'git clone --depth 1';

/** B3: one new tag into one application among many, from nothing to the push. */
export async function benchLargeRepository(
  place: BenchPlace,
  size: RepositorySize = { apps: 5000, commits: 20_000 },
): Promise<BenchResult> {
  await using server = await gitServer();
  const url = await server.importing(repository, 'develop', manyApplications(size));
  const config = join(place.folder, 'luban-config.json');
  await writeFile(config, JSON.stringify({ overlay_pattern: 'apps/<app>/overlays/<env>' }));
  const traffic: Record<string, number> = {};
  const samples = await alternately(
    contendersFor(place, url, config, size).map((contender) => metered(server, traffic, contender)),
    { rounds: 3, warmUp: 0 },
  );
  const megabytes = (name: string): number => (traffic[name] ?? Number.NaN) / 1e6;
  return {
    id: 'B3',
    title: `one update among ${size.apps.toLocaleString('en')} applications and ${size.commits.toLocaleString('en')} commits`,
    samples,
    missing: [],
    remarks: Object.fromEntries(samples.map(({ name }) => [name, `${megabytes(name).toFixed(1)} MB on the wire`])),
    bars: barsFor(samples, megabytes(ours)),
  };
}

function barsFor(samples: readonly Sample[], megabytes: number): BenchResult['bars'] {
  const median = medianNamed(samples, ours);
  return [
    { what: 'one update', measured: median / 1000, allowed: 1, unit: 's' },
    {
      what: 'of the time of a shallow clone',
      measured: median / medianNamed(samples, shallow),
      allowed: 0.25,
      unit: '',
    },
    { what: 'on the wire', measured: megabytes, allowed: 7, unit: 'MB' },
    { what: 'one update, 100 ms away', measured: medianNamed(samples, far) / 1000, allowed: 3, unit: 's' },
  ];
}

/** Counts the bytes of a contender's last turn; the one that is far away gets its answers late. */
function metered(server: GitServer, traffic: Record<string, number>, { name, run }: Contender): Contender {
  return {
    name,
    run: async () => {
      const before = server.requests.length;
      server.setFault(name === far ? () => ({ delayMilliseconds: 100 }) : undefined);
      await run();
      traffic[name] = server.requests.slice(before).reduce((sum, { bytes }) => sum + bytes, 0);
    },
  };
}

function contendersFor(place: BenchPlace, url: string, config: string, { apps }: RepositorySize): Contender[] {
  const turns = Iterator.from(manyTurns(apps));
  const next = (): { app: string; tag: string } => turns.next().value ?? { app: '', tag: '' };
  const script = (name: string, clone: string): Contender => ({
    name,
    run: async () => {
      const { app, tag } = next();
      const args = ['-c', scriptWith(clone), 'sh', url, place.folder, overlayOf(app), tag];
      await place.start('sh', args);
    },
  });
  const luban = (name: string): Contender => ({
    name,
    run: async () => {
      const { app, tag } = next();
      const what = ['--project-name', 'payment', '--app-name', app, '--image', imageOf(app), '--image-tag', tag];
      const args = [place.luban, 'deploy-image', '--gitops-repo-url', url, '--config-path', config, ...what];
      await place.start(process.execPath, args, { env: { NODE_COMPILE_CACHE: join(place.folder, 'compiled') } });
    },
  });
  return [
    script('git clone', 'git clone --quiet --branch develop'),
    script(shallow, 'git clone --quiet --branch develop --depth 1'),
    script('git clone --filter=blob:none', 'git clone --quiet --branch develop --filter=blob:none'),
    luban(ours),
    luban(far),
  ];
}

function scriptWith(clone: string): string {
  return `
set -eu
export GIT_AUTHOR_NAME=Bench GIT_AUTHOR_EMAIL=b@example.com GIT_COMMITTER_NAME=Bench GIT_COMMITTER_EMAIL=b@example.com
work=$(mktemp -d -p "$2")
trap 'rm -rf "$work"' EXIT
${clone} "$1" "$work"
cd "$work"
sed -i "s/newTag: .*/newTag: $4/" "$3/kustomization.yaml"
git commit --quiet --all --message "Deploy $4"
git push --quiet origin develop
`;
}

function* manyTurns(apps: number): Generator<{ app: string; tag: string }, { app: string; tag: string }> {
  for (let turn = 0; ; turn += 1) yield { app: appName((turn * 37) % apps), tag: `2.0.${turn}` };
}
