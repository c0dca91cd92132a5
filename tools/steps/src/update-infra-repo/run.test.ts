import { expect, test, vi } from 'vitest';
import { importOf } from '../testing/plain-git.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a forge of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const place = { gitOrganization: 'metasync', gitProvider: 'gitea' };
const groups = { developerGroups: ['payment-developers'], adminGroups: ['payment-leads'] };
const inputs = { ...place, ...groups, infraType: 'ci', projectName: 'payment' };
const production = { ...inputs, infraType: 'cd', deployEnv: 'prd' };
const config = { build_namespace_pattern: 'ci-<project>' };
const infra = { owner: 'metasync', repository: 'luban-infra-ci' };
const overlay = 'overlays/ci-payment';
const told = (what: string, folder = overlay): string => `${what} Overlay metasync/luban-infra-ci/${folder}`;
const ownFiles = ['.luban-set-up', 'application.yaml', 'kustomization.yaml', 'namespace.yaml'];

/** A world with both infra repositories. */
async function worldWithInfra(): Promise<SetUpWorld> {
  const world = await setUpWorld();
  for (const infraType of ['ci', 'cd']) await world.run('setup-infra-repo', { ...place, infraType });
  return world;
}

async function overlaysOf(world: SetUpWorld, repository = infra.repository): Promise<string[]> {
  const text = await world.git(repository, ['ls-tree', '-r', '--name-only', 'main', 'overlays/']);
  return text.split('\n').filter((line) => line !== '');
}

const show = (world: SetUpWorld, path: string, ref = 'main'): Promise<string> =>
  world.git(infra.repository, ['show', `${ref}:${path}`]);

async function commitTo(world: SetUpWorld, files: Record<string, string>): Promise<void> {
  const from = (await world.git(infra.repository, ['rev-parse', 'refs/heads/main'])).trim();
  const commit = importOf({ branch: 'main', from, files, message: 'By hand', author: 'Ada' });
  await world.git(infra.repository, ['fast-import', '--quiet'], commit);
}

test('an overlay is one commit, and a second run changes nothing', async () => {
  await using world = await worldWithInfra();

  const planned = await world.run('update-infra-repo', inputs, { config, dryRun: true });
  const untouched = await overlaysOf(world);
  const first = await world.run('update-infra-repo', inputs, { config, run: { requestedBy: 'ada@example.com' } });
  const refs = await world.git(infra.repository, ['for-each-ref']);
  const second = await world.run('update-infra-repo', inputs, { config });

  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: [told('created')] } });
  expect(untouched).toEqual([]);
  expect(first).toMatchObject({
    changed: true,
    diff: planned.diff,
    outputs: { namespace: 'ci-payment', overlay, changedObjects: [told('created')], leftObjects: [] },
  });
  expect(second).toMatchObject({ changed: false, diff: '', outputs: { changedObjects: [], leftObjects: [] } });
  expect(await world.git(infra.repository, ['for-each-ref'])).toBe(refs);
  expect(await overlaysOf(world)).toEqual(ownFiles.map((name) => `${overlay}/${name}`));
  expect(await world.git(infra.repository, ['log', '-1', '--format=%an %s', 'main'])).toBe(
    'ada Set up the overlay of ci-payment\n',
  );
});

test('environments go where cluster_map says, by the names of luban-config', async () => {
  await using world = await worldWithInfra();
  const clusters = { cluster_map: '{"prd":"https://prd.example.com:6443"}', namespace_pattern: '<project>-<env>' };

  const result = await world.run('update-infra-repo', production, { config: { ...config, ...clusters } });

  expect(result.outputs).toMatchObject({ namespace: 'payment-prd', overlay: 'overlays/payment-prd' });
  expect(await world.git('luban-infra-cd', ['show', 'main:overlays/payment-prd/application.yaml'])).toContain(
    'name: payment-prd-infra\nnamespace: payment-prd\nserver: "https://prd.example.com:6443"\n',
  );
  // Robot accounts of the project are kept in this cluster.
  expect(await world.git('luban-infra-cd', ['show', 'main:overlays/payment-prd/kustomization.yaml'])).not.toContain(
    'payment-harbor-ro-creds',
  );
});

test('upstream-R7: overlays that are added at the same time all land, each by a commit', async () => {
  await using world = await worldWithInfra();
  const projects = ['billing', 'data', 'orders', 'payment', 'stock', 'web'];

  const results = await Promise.all(
    projects.map((projectName) => world.run('update-infra-repo', { ...inputs, projectName }, { config })),
  );

  expect(results.map(({ changed }) => changed)).toEqual(projects.map(() => true));
  expect(await overlaysOf(world)).toEqual(
    projects.flatMap((project) => ownFiles.map((name) => `overlays/ci-${project}/${name}`)),
  );
  expect(await world.git(infra.repository, ['rev-list', '--count', 'main'])).toBe(`${projects.length + 1}\n`);
});

test('another group reaches the overlay, and upstream-N4: a file that somebody changed stays and is named', async () => {
  await using world = await worldWithInfra();
  await world.run('update-infra-repo', inputs, { config });
  const others = { ...inputs, adminGroups: ['others'] };

  const changed = await world.run('update-infra-repo', others, { config });
  await commitTo(world, { [`${overlay}/namespace.yaml`]: '# mine\n' });
  const left = await world.run('update-infra-repo', inputs, { config });

  expect(changed).toMatchObject({ changed: true, outputs: { changedObjects: [told('updated')], leftObjects: [] } });
  expect(changed.diff).toContain("+    name: 'others'\n");
  expect(left).toMatchObject({
    changed: false,
    outputs: { changedObjects: [], leftObjects: [`File metasync/luban-infra-ci/${overlay}/namespace.yaml`] },
  });
  expect(await show(world, `${overlay}/namespace.yaml`)).toBe('# mine\n');
});

test('a protected branch gets the overlay by a pull request that holds nothing else, and it is merged where it may be', async () => {
  await using world = await worldWithInfra();
  await world.forge.protectBranch(infra, 'main', { requiredApprovals: 0, requiredStatusChecks: [] });

  const proposed = await world.run('update-infra-repo', inputs, { config });
  const again = await world.run('update-infra-repo', inputs, { config });
  const merged = await world.run('update-infra-repo', { ...inputs, mode: 'auto-merge' }, { config });
  const afterwards = await world.run('update-infra-repo', inputs, { config });

  const pullRequestUrl = `${world.playground.url}/metasync/luban-infra-ci/pulls/1`;
  expect(proposed).toMatchObject({ changed: true, outputs: { pullRequestUrl, changedObjects: [told('created')] } });
  expect(again).toMatchObject({ changed: false, outputs: { pullRequestUrl, changedObjects: [] } });
  expect(merged).toMatchObject({ changed: true, outputs: { pullRequestUrl: undefined } });
  expect(afterwards).toMatchObject({ changed: false, diff: '', outputs: { pullRequestUrl: undefined } });
  expect((await world.forge.listBranches(infra)).map(({ name }) => name)).toEqual(['main']);
  expect(await overlaysOf(world)).toHaveLength(ownFiles.length);
});

test('an overlay goes as a whole, if it is as it was written', async () => {
  await using world = await worldWithInfra();
  const remove = { ...inputs, remove: true };
  await world.run('update-infra-repo', inputs, { config });
  await world.run('update-infra-repo', { ...inputs, projectName: 'data' }, { config });

  const planned = await world.run('update-infra-repo', remove, { config, dryRun: true });
  const first = await world.run('update-infra-repo', remove, { config });
  const second = await world.run('update-infra-repo', remove, { config });
  await commitTo(world, { 'overlays/ci-data/quota.yaml': '# mine\n' });
  const foreign = await world.run('update-infra-repo', { ...remove, projectName: 'data' }, { config });

  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: [told('removed')] } });
  expect(first).toMatchObject({ changed: true, outputs: { changedObjects: [told('removed')], leftObjects: [] } });
  expect(second).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
  expect(foreign.outputs).toMatchObject({
    changedObjects: [],
    leftObjects: ['Overlay metasync/luban-infra-ci/overlays/ci-data (it holds somebody’s quota.yaml)'],
  });
  expect(await overlaysOf(world)).toHaveLength(ownFiles.length + 1);
});

test('where builds share the namespace of an environment, one repository has it', async () => {
  await using world = await worldWithInfra();

  const builds = await world.run('update-infra-repo', inputs);
  const sandbox = await world.run('update-infra-repo', { ...production, deployEnv: 'snd' });

  expect(builds.outputs).toMatchObject({
    namespace: 'snd-payment',
    changedObjects: [told('created', 'overlays/snd-payment')],
  });
  expect(sandbox).toMatchObject({
    changed: false,
    summary: 'snd-payment is the namespace that builds run in: the infra repository of type ci has its overlay',
  });
  expect(await overlaysOf(world, 'luban-infra-cd')).toEqual([]);
});

test('what cannot be is refused before anything is written', async () => {
  await using world = await setUpWorld();

  const missing = await failureOf(world.run('update-infra-repo', inputs));
  const gone = await world.run('update-infra-repo', { ...inputs, remove: true });
  const nowhere = await failureOf(world.run('update-infra-repo', { ...inputs, infraType: 'cd' }));
  const unknown = await failureOf(world.run('update-infra-repo', { ...production, deployEnv: 'live' }));
  const group = await failureOf(world.run('update-infra-repo', { ...inputs, adminGroups: ['a;b'] }));
  const quote = await failureOf(world.run('update-infra-repo', { ...inputs, adminGroups: ['a"b'] }));

  expect(missing).toMatchObject({
    name: 'StepError',
    message: expect.stringContaining('There is no infra repository'),
  });
  expect(gone).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
  expect(nowhere).toMatchObject({ fields: [{ field: 'deployEnv', expected: 'expected one of snd, prd' }] });
  expect(unknown).toMatchObject({ message: expect.stringContaining('There is no environment "live"') });
  expect([group, quote]).toMatchObject([
    { fields: [{ field: 'adminGroups' }] },
    { fields: [{ field: 'adminGroups' }] },
  ]);
});
