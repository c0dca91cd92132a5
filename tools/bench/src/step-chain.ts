import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startPlayground } from '@luban-ci/playground';
import { alternately, type Contender } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const image = 'quay.io/payment/cart-service';
const overlay = 'app/overlays/snd';
const git = ['-c', 'user.name=Bench', '-c', 'user.email=bench@example.com'];

/** As a script does it: clone, sed, commit, push. */
const script = `
set -eu
git clone --quiet --depth 1 --branch develop "$1" work
cd work
sed -i "s/newTag: .*/newTag: $2/" ${overlay}/kustomization.yaml
git ${git.join(' ')} commit --quiet --all --message "deploy $2"
git push --quiet origin develop
`;

/** B5: a new image tag into a GitOps repository, from nothing to the push, as one step, as three, and as a script. */
export async function benchStepChain(place: BenchPlace): Promise<BenchResult> {
  await using playground = await startPlayground({ folder: join(place.folder, 'playground') });
  const names = ['sh', 'fused', 'steps'] as const;
  const urls = Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await repository(place, playground, name)])),
  );
  const work = join(place.folder, 'work');
  const contenders = contendersFor(place, work, (name) => urls[name] ?? '');
  const samples = await alternately(contenders, { rounds: 8, warmUp: 1 });
  const fused = medianNamed(samples, fusedName);
  return {
    id: 'B5',
    title: 'checkout → set image → commit → push, a repository on loopback',
    samples,
    missing: [],
    remarks: { [fusedName]: 'with the record, the guard and a check of the result' },
    bars: [
      { what: 'the fused chain above sh', measured: fused - medianNamed(samples, shName), allowed: 80, unit: 'ms' },
    ],
  };
}

const shName = 'sh, git and sed';
const fusedName = 'luban deploy-image';

function contendersFor(place: BenchPlace, work: string, urlOf: (name: string) => string): Contender[] {
  const tags = Iterator.from(manyTags());
  const nextTag = (): string => tags.next().value ?? '';
  const env = { NODE_COMPILE_CACHE: join(place.folder, 'compiled') };
  const luban = (...args: string[]) => place.start(process.execPath, [place.luban, ...args], { cwd: work, env });
  const afresh = async (): Promise<void> => {
    await rm(work, { recursive: true, force: true });
    await mkdir(work);
  };
  return [
    {
      name: shName,
      run: async () => {
        await afresh();
        await place.start('sh', ['-c', script, 'sh', urlOf('sh'), nextTag()], { cwd: work });
      },
    },
    {
      name: fusedName,
      run: async () => {
        await afresh();
        const what = ['--project-name', 'payment', '--app-name', 'cart-service', '--image', image];
        await luban('deploy-image', '--gitops-repo-url', urlOf('fused'), ...what, '--image-tag', nextTag());
      },
    },
    {
      name: 'luban checkout, kustomize-set-image, commit-and-push',
      run: async () => {
        await afresh();
        const tag = nextTag();
        await luban('checkout', '--repo-url', urlOf('steps'), '--ref', 'develop', '--path', 'source');
        await luban('kustomize-set-image', '--path', `source/${overlay}`, '--image', image, '--image-tag', tag);
        await luban('commit-and-push', '--path', 'source', '--branch', 'develop', '--message', `deploy ${tag}`);
      },
    },
  ];
}

/** A new one for every turn, so that each has something to change. */
function* manyTags(): Generator<string, string> {
  for (let patch = 1; ; patch += 1) yield `1.0.${patch}`;
}

/** A GitOps repository with one overlay. Answers its address. */
async function repository(
  place: BenchPlace,
  playground: { createRepository(owner: string, name: string, options: { defaultBranch: string }): Promise<string> },
  name: string,
): Promise<string> {
  const url = await playground.createRepository('metasync', `${name}-gitops`, { defaultBranch: 'develop' });
  const folder = join(place.folder, `first-${name}`);
  await mkdir(join(folder, overlay), { recursive: true });
  await writeFile(join(folder, overlay, 'kustomization.yaml'), `images:\n  - name: ${image}\n    newTag: 1.0.0\n`);
  const say = (...args: string[]) => place.start('git', [...git, ...args], { cwd: folder });
  await say('init', '--quiet', '--initial-branch', 'develop');
  await say('add', '--all');
  await say('commit', '--quiet', '--message', 'first');
  await say('push', '--quiet', url, 'develop');
  return url;
}
