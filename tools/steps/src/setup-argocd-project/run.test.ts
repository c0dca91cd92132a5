import { expect, test, vi } from 'vitest';
import { failureOf } from '../testing/run-step.fixture.ts';
import { setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const inputs = {
  projectName: 'payment',
  deployEnv: 'snd',
  gitOrganization: 'metasync',
  developerGroups: ['payment-developers'],
  adminGroups: ['CN=leads,OU=payment'],
};
const config = { argocd_namespaced_kinds: '["ConfigMap","apps/Deployment"]' };

test('a project may deploy its own repositories into its own namespace, a second run changes nothing', async () => {
  await using world = await setUpWorld();

  const first = await world.run('setup-argocd-project', inputs, { config });
  const second = await world.run('setup-argocd-project', inputs, { config });

  const project = await world.object('AppProject', 'snd-payment', 'argocd');
  expect([first.changed, second.changed, second.diff]).toEqual([true, false, '']);
  expect(project?.['spec']).toEqual({
    description: 'Applications of payment in snd',
    sourceRepos: ['https://github.com/metasync/*-gitops.git'],
    destinations: [{ server: 'https://kubernetes.default.svc', namespace: 'snd-payment' }],
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: [
      { group: '', kind: 'ConfigMap' },
      { group: 'apps', kind: 'Deployment' },
    ],
    roles: [
      {
        name: 'project-developer',
        description: 'Looks, reads logs and syncs',
        policies: [
          'p, proj:snd-payment:project-developer, applications, get, snd-payment/*, allow',
          'p, proj:snd-payment:project-developer, applications, sync, snd-payment/*, allow',
          'p, proj:snd-payment:project-developer, logs, get, snd-payment/*, allow',
        ],
        groups: ['payment-developers'],
      },
      {
        name: 'project-admin',
        description: 'Does everything with the applications of the project',
        policies: [
          'p, proj:snd-payment:project-admin, applications, *, snd-payment/*, allow',
          'p, proj:snd-payment:project-admin, logs, get, snd-payment/*, allow',
        ],
        groups: ['"CN=leads,OU=payment"'],
      },
    ],
  });
});

test('upstream-N2: a project that is there gets new groups, another cluster and another address, and keeps its tokens', async () => {
  await using world = await setUpWorld();
  await world.run('setup-argocd-project', inputs);
  const live = await world.object('AppProject', 'snd-payment', 'argocd');
  if (live === undefined) throw new Error('nothing was set up');
  const spec = structuredClone(Object(live['spec']));
  spec.roles[0].jwtTokens = [{ iat: 1700000000, id: 'ci' }];
  await world.kube.replace({ ...live, spec });

  const changed = await world.run(
    'setup-argocd-project',
    { ...inputs, developerGroups: ['everybody'], gitProvider: 'gitea' },
    {
      config: {
        cluster_map: '{"snd":"https://worker.example.com"}',
        gitea_server: 'git.example.com',
        gitops_repository_pattern: '<project>-<app>-deploy',
      },
    },
  );

  const after = Object((await world.object('AppProject', 'snd-payment', 'argocd'))?.['spec']);
  expect(changed.outputs['changedObjects']).toEqual(['updated AppProject argocd/snd-payment']);
  expect(after.sourceRepos).toEqual(['https://git.example.com/metasync/payment-*-deploy.git']);
  expect(after.destinations).toEqual([{ server: 'https://worker.example.com', namespace: 'snd-payment' }]);
  expect(after.roles[0]).toMatchObject({ groups: ['everybody'], jwtTokens: [{ iat: 1700000000, id: 'ci' }] });
});

test('upstream-S4: no tenant may deploy to the gateway’s namespace, nor anything outside a namespace', async () => {
  await using world = await setUpWorld();
  await world.run('setup-argocd-project', inputs);

  const spec = Object((await world.object('AppProject', 'snd-payment', 'argocd'))?.['spec']);

  expect(spec.destinations.map(({ namespace }: { namespace: string }) => namespace)).toEqual(['snd-payment']);
  expect(spec.clusterResourceWhitelist).toEqual([]);
  expect(spec.namespaceResourceWhitelist).not.toContainEqual({ group: 'networking.k8s.io', kind: 'NetworkPolicy' });
  expect(spec.namespaceResourceWhitelist).not.toContainEqual({ group: '', kind: 'ResourceQuota' });
});

test('a dry run writes nothing and shows the whole project', async () => {
  await using world = await setUpWorld();

  const planned = await world.run('setup-argocd-project', inputs, { dryRun: true });

  expect(planned).toMatchObject({ changed: false, outputs: { argocdProject: 'snd-payment' } });
  expect(planned.diff).toContain('+  destinations:\n+    - server: https://kubernetes.default.svc\n');
  expect(await world.object('AppProject', 'snd-payment', 'argocd')).toBeUndefined();
});

test('a project goes when nothing uses it, once; one that somebody else made stays', async () => {
  await using world = await setUpWorld();
  await world.run('setup-argocd-project', inputs);
  await world.run('setup-argocd-application', { projectName: 'payment', appName: 'cart', deployEnv: 'snd' });
  await world.kube.create({
    ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'AppProject', spec: {} },
    metadata: { name: 'prd-payment', namespace: 'argocd' },
  });
  const remove = { projectName: 'payment', remove: true };

  const used = await failureOf(world.run('setup-argocd-project', { ...remove, deployEnv: 'snd' }));
  await world.run('setup-argocd-application', { ...remove, deployEnv: 'snd', appName: 'cart' });
  const first = await world.run('setup-argocd-project', { ...remove, deployEnv: 'snd' });
  const second = await world.run('setup-argocd-project', { ...remove, deployEnv: 'snd' });
  const foreign = await world.run('setup-argocd-project', { ...remove, deployEnv: 'prd' });

  expect(used).toMatchObject({ message: 'The Argo CD project snd-payment still has applications: snd-cart' });
  expect(first.outputs['changedObjects']).toEqual(['removed AppProject argocd/snd-payment']);
  expect(second).toMatchObject({ changed: false, outputs: { changedObjects: [] } });
  expect(foreign.outputs).toMatchObject({ changedObjects: [], leftObjects: ['AppProject argocd/prd-payment'] });
});

test('groups that would be everybody, or could break out of a rule, are refused', async () => {
  await using world = await setUpWorld();
  const refused = ['system:authenticated', 'a"b', 'a\nb', ' a', '', '{{workflow.name}}'];

  for (const group of refused) {
    const error = await failureOf(world.run('setup-argocd-project', { ...inputs, developerGroups: [group] }));
    expect(error, group).toMatchObject({ name: 'InputError', fields: [{ field: 'developerGroups' }] });
  }
});

test('an application that is registered where the conventions have it changes nothing, and one elsewhere is named', async () => {
  await using world = await setUpWorld();
  const repositories = {
    'payment.cart-service': 'source: https://github.com/metasync/cart-service.git',
    'payment.legacy': 'source: https://git.example.com/old/legacy.git',
  };
  const metadata = { name: 'luban-repositories', namespace: 'luban-ci' };
  await world.kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data: repositories });
  const repositoriesPath = await world.configMap('luban-repositories', 'luban-ci');

  await world.run('setup-argocd-project', { ...inputs, repositoriesPath }, { config });

  const project = await world.object('AppProject', 'snd-payment', 'argocd');
  expect(Object(project?.['spec']).sourceRepos).toEqual([
    'https://git.example.com/old/legacy-gitops.git',
    'https://github.com/metasync/*-gitops.git',
  ]);
});
