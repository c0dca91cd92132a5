import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { openForge } from './forge.ts';
import { applyObjects, kubectl } from './kubectl.ts';
import { account, inCluster, organization, type SuitePlace } from './place.ts';
import { gitCredentials, repositoryCredentials } from './platform.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const environments = ['snd', 'prd'];
const ConfigMap = z.object({ data: z.record(z.string(), z.string()).optional() });

/** What project setup makes: namespaces, our component in the one that builds, credentials, Argo CD's project for each. */
export async function givenProject(place: SuitePlace, project: string): Promise<void> {
  const { token } = await openForge(place);
  await applyObjects(
    place,
    environments.map((environment) => namespace(`${environment}-${project}`)),
  );
  await applyComponent(place, `snd-${project}`);
  await applyObjects(place, [
    ...credentials(`snd-${project}`, token),
    gitCredentials('luban-ci', token), // the dispatcher reads the repository
    ...(await copiedConfiguration(place, `snd-${project}`)),
    repositoryCredentials(token),
    ...environments.map((environment) => argocdProject(`${environment}-${project}`)),
  ]);
}

function namespace(name: string): object {
  const labels = { 'luban.test/suite': 'true', 'pod-security.kubernetes.io/enforce': 'restricted' };
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

/** As manifests/overlays/example does it. */
async function applyComponent(place: SuitePlace, name: string): Promise<void> {
  const folder = await mkdtemp(join(repository, 'e2e', '.project-'));
  try {
    const component = relative(folder, join(repository, 'manifests/components/project'));
    const kind = { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' };
    const kustomization = { ...kind, namespace: name, components: [component] };
    await writeFile(join(folder, 'kustomization.yaml'), JSON.stringify(kustomization));
    await kubectl(place, 'apply', '--server-side', '--force-conflicts', '-k', folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function credentials(name: string, token: string): object[] {
  const metadata = (secret: string) => ({ name: secret, namespace: name });
  const docker = { auths: { [inCluster.registry]: { username: account.name, password: account.password } } };
  return [
    gitCredentials(name, token),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/dockerconfigjson',
      metadata: metadata('harbor-creds'),
      stringData: { '.dockerconfigjson': JSON.stringify(docker) },
    },
    {
      apiVersion: 'v1',
      kind: 'Secret',
      type: 'kubernetes.io/basic-auth',
      metadata: { ...metadata('kpack-git'), annotations: { 'kpack.io/git': inCluster.forge } },
      stringData: { username: account.name, password: token },
    },
    {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: metadata('workflow-runner'),
      secrets: [{ name: 'kpack-git' }],
    },
  ];
}

async function copiedConfiguration(place: SuitePlace, name: string): Promise<object[]> {
  return Promise.all(
    ['luban-config', 'luban-repositories'].map(async (configMap) => {
      const found = JSON.parse(await kubectl(place, '-n', 'luban-ci', 'get', 'configmap', configMap, '-o', 'json'));
      const labels = { 'workflows.argoproj.io/configmap-type': 'Parameter' };
      const metadata = { name: configMap, namespace: name, labels };
      return { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: ConfigMap.parse(found).data ?? {} };
    }),
  );
}

function argocdProject(name: string): object {
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'AppProject',
    metadata: { name, namespace: 'argocd', labels: { 'luban.test/suite': 'true' } },
    spec: {
      sourceRepos: [`${inCluster.forge}/${organization}/*`],
      destinations: [{ namespace: name, server: 'https://kubernetes.default.svc' }],
      namespaceResourceWhitelist: [
        { group: '', kind: 'ConfigMap' },
        { group: '', kind: 'Service' },
        { group: '', kind: 'ServiceAccount' },
        { group: 'apps', kind: 'Deployment' },
        { group: 'gateway.networking.k8s.io', kind: 'HTTPRoute' },
      ],
    },
  };
}
