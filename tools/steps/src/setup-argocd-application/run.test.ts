import { expect, test, vi } from 'vitest';
import { failureOf } from '../testing/run-step.fixture.ts';
import { setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const inputs = { projectName: 'payment', appName: 'cart-service', deployEnv: 'snd', gitOrganization: 'metasync' };
const production = { ...inputs, deployEnv: 'prd' };

test('an application reads its overlay and goes on after a bad commit, a second run changes nothing', async () => {
  await using world = await setUpWorld();

  const first = await world.run('setup-argocd-application', inputs);
  const second = await world.run('setup-argocd-application', inputs);

  const application = await world.object('Application', 'snd-cart-service', 'argocd');
  const gitopsRepoUrl = 'https://github.com/metasync/cart-service-gitops.git';
  expect(first).toMatchObject({ changed: true, outputs: { argocdApplication: 'snd-cart-service', gitopsRepoUrl } });
  expect(second).toMatchObject({ changed: false, diff: '' });
  expect(application?.['spec']).toEqual({
    project: 'snd-payment',
    source: { repoURL: gitopsRepoUrl, targetRevision: 'develop', path: 'app/overlays/snd' },
    destination: { server: 'https://kubernetes.default.svc', namespace: 'snd-payment' },
    ignoreDifferences: [{ kind: 'Secret', name: 'cart-service-secret', jsonPointers: ['/data', '/stringData'] }],
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ['RespectIgnoreDifferences=true'],
      retry: { limit: 5, refresh: true, backoff: { duration: '2s', factor: 2, maxDuration: '20s' } },
    },
  });
});

test('upstream-R12: production syncs by itself, until the configuration says otherwise', async () => {
  await using world = await setUpWorld();
  const policy = async () =>
    Object((await world.object('Application', 'prd-cart-service', 'argocd'))?.['spec']).syncPolicy.automated;

  await world.run('setup-argocd-application', production);
  const before = await policy();
  const changed = await world.run('setup-argocd-application', production, {
    config: { production_auto_sync: 'false' },
  });

  expect(before).toEqual({ prune: true, selfHeal: true });
  expect(changed.diff).toContain('-    automated:\n-      prune: true\n-      selfHeal: true\n');
  expect(await policy()).toBeUndefined();
});

test('upstream-N2: an application that is there follows cluster_map, the branch and the repository', async () => {
  await using world = await setUpWorld();
  await world.run('setup-argocd-application', production);

  await world.run(
    'setup-argocd-application',
    { ...production, gitopsRepoUrl: 'https://git.example.com/metasync/deploy.git' },
    { config: { cluster_map: '{"prd":"https://prd.example.com"}', environment_branches: '{"prd":"release"}' } },
  );

  const spec = Object((await world.object('Application', 'prd-cart-service', 'argocd'))?.['spec']);
  expect(spec.destination.server).toBe('https://prd.example.com');
  expect(spec.source).toEqual({
    repoURL: 'https://git.example.com/metasync/deploy.git',
    targetRevision: 'release',
    path: 'app/overlays/prd',
  });
});

test('two projects whose applications would have one name do not take it from each other', async () => {
  await using world = await setUpWorld();
  await world.run('setup-argocd-application', inputs);

  const failure = await failureOf(world.run('setup-argocd-application', { ...inputs, projectName: 'billing' }));
  const apart = await world.run(
    'setup-argocd-application',
    { ...inputs, projectName: 'billing' },
    { config: { application_pattern: '<env>-<project>-<app>' } },
  );

  expect(failure).toMatchObject({
    name: 'StepError',
    message: expect.stringMatching(/snd-cart-service was made by setup-argocd-application for payment\/cart-service/),
  });
  expect(apart.outputs['argocdApplication']).toBe('snd-billing-cart-service');
});

test('an application goes with what it deployed, or without, and only if this step made it', async () => {
  await using world = await setUpWorld();
  await world.run('setup-argocd-application', inputs);
  const remove = { ...inputs, remove: true };

  const planned = await world.run('setup-argocd-application', remove, { dryRun: true });
  const untouched = await world.object('Application', 'snd-cart-service', 'argocd');
  const other = await world.run('setup-argocd-application', { ...remove, projectName: 'billing' });
  const first = await world.run('setup-argocd-application', remove);
  const second = await world.run('setup-argocd-application', { ...remove, cascade: false });

  expect(untouched?.metadata.finalizers).toBeUndefined();
  expect(other.outputs).toMatchObject({ changedObjects: [], leftObjects: ['Application argocd/snd-cart-service'] });
  expect([planned.changed, first.changed, second.changed]).toEqual([false, true, false]);
  expect(planned.outputs['changedObjects']).toEqual(first.outputs['changedObjects']);
  expect(await world.object('Application', 'snd-cart-service', 'argocd')).toBeUndefined();
});
