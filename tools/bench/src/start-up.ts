import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { alternately, type Contender, type Missing, type Sample } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed, medianOf } from './result.ts';

const pythonCli = `
import argparse, json
parser = argparse.ArgumentParser()
parser.add_argument("--path"); parser.add_argument("--image"); parser.add_argument("--image-tag")
print(json.dumps(vars(parser.parse_args())))
`;

/** One step from the bundle, beside the least that a shell, Node and a Python program need to start. */
export async function benchStartUp(place: BenchPlace): Promise<BenchResult> {
  const node = process.execPath;
  const overlay = join(place.folder, 'overlay');
  await mkdir(overlay);
  await writeFile(join(overlay, 'kustomization.yaml'), 'images:\n  - name: cart # ours\n    newTag: 1.0.0\n');
  const inputs = ['--path', '.', '--image', 'cart', '--image-tag', '1.0.0'];
  const luban = (args: readonly string[], accepts: number[] = [0]) => {
    const env = { NODE_COMPILE_CACHE: join(place.folder, 'compiled') };
    return place.start(node, [place.luban, ...args], { cwd: overlay, env, accepts });
  };
  const unreachable = join(place.folder, 'kubeconfig');
  await writeFile(unreachable, kubeconfig);
  const submit = ['submit-workflow', '--template', 'x', '--namespace', 'x', '--kubeconfig', unreachable];
  const contenders: Contender[] = [
    { name: 'sh -c :', run: () => place.start('sh', ['-c', ':']) },
    { name: 'node -e 0', run: () => place.start(node, ['-e', '0']) },
    { name: 'luban kustomize-set-image', run: () => luban(['kustomize-set-image', ...inputs]) },
    { name: 'luban with a Kubernetes client', run: () => luban(submit, [0, 1, 2, 75]) },
  ];
  const missing: Missing[] = [];
  const { python } = place.comparators;
  if ('missing' in python) missing.push({ name: 'python3 with argparse', missing: python.missing });
  else {
    const args = ['-c', pythonCli, ...inputs];
    contenders.push({ name: 'python3 with argparse', run: () => place.start(python.path, args) });
  }
  const samples = await alternately(contenders, { rounds: 15, warmUp: 2 });
  const bar = (what: string, name: string, allowed: number) => ({
    what,
    measured: medianNamed(samples, name),
    allowed,
    unit: 'ms',
  });
  return {
    id: 'start',
    title: 'one step, from its start to its end (compiled code kept between runs)',
    samples,
    missing,
    remarks: beside(samples, 'node -e 0'),
    bars: [
      bar('a bundled step', 'luban kustomize-set-image', 80),
      bar('a step with the Kubernetes client', 'luban with a Kubernetes client', 200),
    ],
  };
}

/** How often the bare program fits in, which says more than milliseconds on a machine that is busy. */
function beside(samples: readonly Sample[], bare: string): Record<string, string> {
  const unit = medianNamed(samples, bare);
  return Object.fromEntries(samples.map((each) => [each.name, `${(medianOf(each) / unit).toFixed(1)} × ${bare}`]));
}

/** Nothing listens there: the client is loaded, and fails at once. */
const kubeconfig = `apiVersion: v1
kind: Config
current-context: nowhere
contexts: [{ name: nowhere, context: { cluster: nowhere, user: nobody } }]
clusters: [{ name: nowhere, cluster: { server: 'http://127.0.0.1:9' } }]
users: [{ name: nobody, user: {} }]
`;
