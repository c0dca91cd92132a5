import { faultProxy } from '@luban-ci/testing';
import { expect, test, vi } from 'vitest';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';
import { commitTo, entryOf, filesOf, gitops, inputs, production, three } from './repository.fixture.ts';

// Each test sets up a forge and a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const everything = [
  'created Repository metasync/cart-service-gitops',
  'created Branch metasync/cart-service-gitops/main',
  'created Branch metasync/cart-service-gitops/develop',
  'updated DefaultBranch metasync/cart-service-gitops',
  'created Protection metasync/cart-service-gitops/main',
  'created ConfigMap luban-ci/luban-repositories payment.cart-service',
];

test('a repository is made, filled, closed and registered, and a second run changes nothing', async () => {
  await using world = await setUpWorld();

  const first = await world.run('setup-gitops-repo', inputs);
  const refs = await world.git(gitops.repository, ['for-each-ref']);
  const second = await world.run('setup-gitops-repo', inputs);
  const other = await world.run('setup-gitops-repo', production);

  const url = `${world.playground.url}/metasync/cart-service-gitops.git`;
  expect(first).toMatchObject({
    changed: true,
    outputs: { gitopsRepoUrl: url, gitopsBranch: 'develop', changedObjects: everything, leftObjects: [] },
  });
  expect([second, other].map(({ changed, diff }) => [changed, diff])).toEqual([
    [false, ''],
    [false, ''],
  ]);
  expect(other.outputs).toMatchObject({ gitopsBranch: 'main' });
  expect(await world.git(gitops.repository, ['for-each-ref'])).toBe(refs);
  expect(await world.forge.getRepository(gitops)).toMatchObject({ private: true, defaultBranch: 'develop' });
  expect(await world.forge.getProtection(gitops, 'main')).toEqual({ requiredApprovals: 0, requiredStatusChecks: [] });
  expect(await world.forge.getProtection(gitops, 'develop')).toBeUndefined();
  expect(await filesOf(world, 'main')).toEqual(expect.arrayContaining(['app/overlays/prd/kustomization.yaml']));
  expect(await entryOf(world)).toBe(`source: ${world.playground.url}/metasync/cart-service.git\n`);
});

test('a dry run tells all of it, with the files, and does nothing', async () => {
  await using world = await setUpWorld();

  const planned = await world.run('setup-gitops-repo', inputs, { dryRun: true });

  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: everything } });
  expect(planned.diff).toContain('+++ b/app/overlays/snd/kustomization.yaml\n');
  expect(planned.diff).toContain('+++ b/metasync/Protection/cart-service-gitops/main.yaml\n');
  expect(await world.forge.getRepository(gitops)).toBeUndefined();
  expect(await entryOf(world)).toBeUndefined();
});

test.each([
  [
    'the repository was made',
    async (world: SetUpWorld) => void (await world.playground.createRepository('metasync', gitops.repository)),
  ],
  [
    'its first branch was pushed',
    async (world: SetUpWorld) => {
      await world.run('setup-gitops-repo', { ...inputs, register: false });
      await world.git(gitops.repository, ['symbolic-ref', 'HEAD', 'refs/heads/main']);
      await world.git(gitops.repository, ['update-ref', '-d', 'refs/heads/develop']);
    },
  ],
])('upstream-N1: a run that died after %s is completed by the next', async (_, dies) => {
  await using world = await setUpWorld();
  await dies(world);

  const completed = await world.run('setup-gitops-repo', inputs);
  const again = await world.run('setup-gitops-repo', inputs);

  expect([completed.changed, again.changed]).toEqual([true, false]);
  expect(await filesOf(world, 'develop')).toEqual(await filesOf(world, 'main'));
  expect(await world.forge.getProtection(gitops, 'main')).toBeDefined();
  expect(await entryOf(world)).toBeDefined();
});

test('upstream-N6: what the forge refuses fails the run, and is set by the next one', async () => {
  await using world = await setUpWorld();
  await using proxy = await faultProxy(world.playground.url);
  const config = { gitea_server: new URL(proxy.url).host, gitea_base_url: proxy.url };
  proxy.setFault(({ method, target }) =>
    method === 'POST' && target.endsWith('/branch_protections') ? { status: 403 } : undefined,
  );

  const refused = await failureOf(world.run('setup-gitops-repo', inputs, { config }));
  proxy.setFault(undefined);
  const completed = await world.run('setup-gitops-repo', inputs, { config });

  expect(refused).toMatchObject({ name: 'StepError', message: expect.stringContaining('Protecting main') });
  expect(completed.outputs['changedObjects']).toContain('created Protection metasync/cart-service-gitops/main');
});

test('what people wrote and made stricter stays as it is', async () => {
  await using world = await setUpWorld();
  await world.run('setup-gitops-repo', inputs);
  await commitTo(world, 'develop', { 'app/overlays/snd/kustomization.yaml': 'resources: [../../mine]\n' });
  await world.forge.protectBranch(gitops, 'main', { requiredApprovals: 2, requiredStatusChecks: ['verify'] });

  const second = await world.run('setup-gitops-repo', { ...inputs, requiredApprovals: 1 });

  expect(second).toMatchObject({ changed: false, diff: '' });
  expect(await world.git(gitops.repository, ['show', 'develop:app/overlays/snd/kustomization.yaml'])).toBe(
    'resources: [../../mine]\n',
  );
  expect(await world.forge.getProtection(gitops, 'main')).toEqual({
    requiredApprovals: 2,
    requiredStatusChecks: ['verify'],
  });
});

test('an environment that came later gets its overlay, on a protected branch by a pull request that is merged', async () => {
  await using world = await setUpWorld();
  await world.run('setup-gitops-repo', inputs);
  const staging = { ...inputs, deployEnv: 'stg' };

  const planned = await world.run('setup-gitops-repo', staging, { ...three, dryRun: true });
  const added = await world.run('setup-gitops-repo', staging, three);
  const again = await world.run('setup-gitops-repo', staging, three);

  const overlays = ['develop', 'main'].map(
    (branch) => `created Overlay metasync/cart-service-gitops/app/overlays/stg on ${branch}`,
  );
  expect(planned.outputs['changedObjects']).toEqual(overlays);
  expect(added.outputs).toMatchObject({ changedObjects: overlays });
  expect(added.outputs['pullRequestUrl']).toBeUndefined();
  expect(again).toMatchObject({ changed: false, diff: '' });
  for (const branch of ['develop', 'main']) {
    const text = await world.git(gitops.repository, ['show', `${branch}:app/overlays/stg/kustomization.yaml`]);
    expect(text).toContain('namespace: stg-payment\n');
  }
  expect((await world.forge.listBranches(gitops)).map(({ name }) => name)).toEqual(['develop', 'main']);
});

test('where somebody has to approve it the pull request waits', async () => {
  await using world = await setUpWorld();
  const reviewed = { ...inputs, deployEnv: 'stg', requiredApprovals: 1 };
  await world.run('setup-gitops-repo', { ...inputs, requiredApprovals: 1 });

  const proposed = await world.run('setup-gitops-repo', reviewed, three);
  const waiting = await world.run('setup-gitops-repo', reviewed, three);

  const url = `${world.playground.url}/metasync/cart-service-gitops/pulls/1`;
  expect([proposed, waiting].map(({ changed, outputs }) => [changed, outputs['pullRequestUrl']])).toEqual([
    [true, url],
    [false, url],
  ]);
  expect(proposed.summary).toContain(`${url} is to be merged`);
});

test('the branch of a run that died after its merge is tidied up', async () => {
  await using world = await setUpWorld();
  const staging = { ...inputs, deployEnv: 'stg' };
  await world.run('setup-gitops-repo', staging, three);
  await world.git(gitops.repository, ['branch', 'luban/add-cart-service-stg', 'main']);

  const second = await world.run('setup-gitops-repo', staging, three);

  expect(second).toMatchObject({ changed: false, diff: '' });
  expect((await world.forge.listBranches(gitops)).map(({ name }) => name)).toEqual(['develop', 'main']);
});

test('names, ports and places are those of luban-config, and those that were asked for', async () => {
  await using world = await setUpWorld();
  const config = {
    overlay_pattern: 'apps/<app>/overlays/<env>',
    image_pattern: '<registry>/team/<project>/<app>',
    environments: '["dev","live"]',
    environment_branches: '{"dev":"trunk","live":"release"}',
    default_container_port: '9000',
  };
  const templateValues = { domain_suffix: 'apps.metasync.cc', service_port: '8080' };

  await world.run('setup-gitops-repo', { ...inputs, deployEnv: 'dev', templateValues }, { config });

  const show = (path: string) => world.git(gitops.repository, ['show', `trunk:${path}`]);
  const live = await show('apps/cart-service/overlays/live/kustomization.yaml');
  expect((await world.forge.listBranches(gitops)).map(({ name }) => name)).toEqual(['release', 'trunk']);
  expect(live).toContain(`  - name: ${world.playground.registry}/team/payment/cart-service\n`);
  expect(live).toContain('value: payment-cart-service.apps.metasync.cc\n');
  expect(await show('apps/cart-service/overlays/dev/kustomization.yaml')).toContain('namespace: dev-payment\n');
  expect(await show('apps/cart-service/base/service.yaml')).toContain('port: 8080\n');
  expect(await show('apps/cart-service/base/deployment.yaml')).toContain('containerPort: 9000\n');
});

test('an application that is registered elsewhere keeps its source', async () => {
  await using world = await setUpWorld();
  const gitopsRepoUrl = `${world.playground.url}/metasync/deployments.git`;
  const repoUrl = 'https://github.com/elsewhere/cart.git';

  await world.run('setup-gitops-repo', { ...inputs, gitopsRepoUrl, repoUrl });
  const again = await world.run('setup-gitops-repo', { ...inputs, gitopsRepoUrl });

  expect(again.changed).toBe(false);
  expect(await entryOf(world)).toBe(`source: ${repoUrl}\ngitops: ${gitopsRepoUrl}\n`);
});

test('the copy in the project’s namespace is the one that setup-namespace makes, and neither undoes the other', async () => {
  await using world = await setUpWorld();
  const namespace = { projectName: 'payment', deployEnv: 'snd' };
  await world.run('setup-namespace', namespace);
  const metadata = { name: 'luban-repositories', namespace: 'luban-ci' };
  const data = { 'billing.other': 'source: x', 'payment.other': 'source: x' };
  await world.kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });

  const registered = await world.run('setup-gitops-repo', inputs);
  const repositoriesPath = await world.configMap('luban-repositories', 'luban-ci');
  const afterwards = await world.run('setup-namespace', { ...namespace, repositoriesPath });
  const removed = await world.run('setup-gitops-repo', { ...inputs, remove: true });

  const copy = 'updated ConfigMap snd-payment/luban-repositories';
  expect(registered.outputs['changedObjects']).toEqual(expect.arrayContaining([copy]));
  expect(afterwards).toMatchObject({ changed: false, diff: '' });
  expect(removed.outputs['changedObjects']).toEqual(expect.arrayContaining([copy]));
  expect((await world.object('ConfigMap', 'luban-repositories', 'snd-payment'))?.['data']).toEqual({
    'payment.other': 'source: x',
  });
});

test('bad input, an owner that nobody made and a missing template are told before anything is made', async () => {
  await using world = await setUpWorld();

  const environment = await failureOf(world.run('setup-gitops-repo', { ...inputs, deployEnv: 'live' }));
  const template = await failureOf(world.run('setup-gitops-repo', { ...inputs, template: 'none' }));
  const variable = await failureOf(world.run('setup-gitops-repo', { ...inputs, templateValues: { app: 'x' } }));
  const owner = await failureOf(world.run('setup-gitops-repo', { ...inputs, gitOrganization: 'nobody' }));

  expect([environment, template, variable, owner]).toMatchObject([
    { name: 'InputError', message: expect.stringContaining('There is no environment "live"') },
    { name: 'InputError', fields: [{ field: 'template' }] },
    { name: 'InputError', fields: [{ field: 'app' }] },
    { name: 'StepError', message: expect.stringContaining('nobody') },
  ]);
  expect(await world.forge.getRepository(gitops)).toBeUndefined();
});
