import { cp, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../../run.ts';
import { authorityFile } from '../authority.ts';
import type { ImageWorkshop } from '../images/build-images.ts';
import { moduleFolder } from '../programs/build-program.ts';
import { versions } from '../programs/programs.ts';
import { until } from '../until.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));

/** Our own manifests, as a user installs them; the second with the names that this cluster has for things. */
const ownFolders = [
  'manifests/argo-workflows',
  'e2e/cluster/platform/luban',
  'manifests/argocd',
  'e2e/cluster/platform/events',
];

export interface Platform {
  workshop: ImageWorkshop;
  kubeconfig: string;
  /** Names of parts that are there already. */
  brought: ReadonlySet<string>;
  say: (line: string) => void;
}

/** One part of what suites want in a cluster: a kustomization in the folder of its name. */
interface Part {
  name: string;
  /** Its folder, relative to this file, where it is not beside it. */
  folder?: string;
  /** Published manifests, which the kustomization finds in its folder as `upstream`. */
  upstream?: { module: string; version: string; folder: string };
  /** What has to be up before the suites begin: kind/name by namespace. */
  rollouts?: Readonly<Record<string, readonly string[]>>;
}

const allParts: readonly Part[] = [
  { name: 'dns', rollouts: { 'kube-system': ['deployment/coredns'] } },
  {
    name: 'gateway-api',
    upstream: { module: 'sigs.k8s.io/gateway-api', version: versions.gatewayApi, folder: 'config/crd' },
  },
  { name: 'forge', rollouts: { 'luban-test': ['deployment/gitea'] } },
  { name: 'registry' },
  { name: 'package-index', rollouts: { 'luban-test': ['deployment/packages'] } },
  {
    name: 'argo-workflows',
    upstream: {
      module: 'github.com/argoproj/argo-workflows/v3',
      version: versions.argoWorkflows,
      folder: 'manifests',
    },
    rollouts: { argo: ['deployment/workflow-controller'] },
  },
  {
    name: 'argo-cd',
    upstream: { module: 'github.com/argoproj/argo-cd/v3', version: versions.argoCd, folder: 'manifests' },
    rollouts: {
      argocd: [
        'deployment/argocd-redis',
        'deployment/argocd-repo-server',
        'deployment/argocd-server',
        'statefulset/argocd-application-controller',
      ],
    },
  },
  {
    name: 'argo-events',
    upstream: { module: 'github.com/argoproj/argo-events', version: versions.argoEvents, folder: 'manifests' },
    rollouts: { 'argo-events': ['deployment/controller-manager'] },
  },
  {
    name: 'harbor-stand-in',
    folder: '../../harbor-stand-in/cluster',
    rollouts: { 'luban-test': ['deployment/harbor-stand-in'] },
  },
  {
    name: 'kpack-stand-in',
    folder: '../../kpack-stand-in/cluster',
    rollouts: { 'luban-test': ['deployment/kpack-stand-in'] },
  },
];

/** Installs what the suites want beside our own manifests, and waits until it is up. */
export async function installPlatform(platform: Platform): Promise<void> {
  const parts = allParts.filter(({ name }) => !platform.brought.has(name));
  await makeNamespaceWithCertificate(platform);
  for (const part of parts) await install(part, platform);
  for (const folder of ownFolders) await kubectl(platform, 'apply', '--server-side', '-k', join(repository, folder));
  for (const { name, rollouts } of parts) {
    for (const [namespace, all] of Object.entries(rollouts ?? {})) {
      platform.say(`waiting for ${name}`);
      for (const each of all) await kubectl(platform, 'rollout', 'status', each, '-n', namespace, '--timeout=180s');
    }
  }
}

async function makeNamespaceWithCertificate(platform: Platform): Promise<void> {
  await kubectl(platform, 'create', 'namespace', 'luban-test');
  const file = (name: 'server.crt' | 'server.key') => authorityFile(platform.workshop, name);
  const pair = [`--cert=${file('server.crt')}`, `--key=${file('server.key')}`];
  await kubectl(platform, 'create', 'secret', 'tls', 'served-certificate', '-n', 'luban-test', ...pair);
}

async function install(part: Part, platform: Platform): Promise<void> {
  platform.say(`installing ${part.name}`);
  const folder = await mkdtemp(join(platform.workshop.cache, 'platform-'));
  try {
    await cp(fileURLToPath(new URL(part.folder ?? part.name, import.meta.url)), folder, { recursive: true });
    if (part.upstream !== undefined) {
      const { module, version, folder: published } = part.upstream;
      const from = join(await moduleFolder(module, version, platform.workshop), published);
      await cp(from, join(folder, 'upstream'), { recursive: true });
    }
    const objects = await kubectl(platform, 'kustomize', folder);
    // Kinds are known a moment after their definitions are applied; the second time, they are.
    await until(`Installing ${part.name}`, 60, () => apply(objects, platform));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function apply(objects: string, { workshop, kubeconfig }: Platform): Promise<void> {
  const args = ['--kubeconfig', kubeconfig, 'apply', '--server-side', '--force-conflicts', '-f', '-'];
  await run(workshop.programFiles['kubectl'] ?? 'kubectl', args, { input: objects });
}

function kubectl({ workshop, kubeconfig }: Platform, ...args: string[]): Promise<string> {
  return run(workshop.programFiles['kubectl'] ?? 'kubectl', ['--kubeconfig', kubeconfig, ...args]);
}
