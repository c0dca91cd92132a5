import { expect, test, vi } from 'vitest';
import { importOf } from '../testing/plain-git.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a forge and a platform of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const organization = { gitOrganization: 'metasync', gitProvider: 'gitea' };
const inputs = { ...organization, projectName: 'data', appName: 'etl-jobs', deployEnv: 'snd' };
const production = { ...inputs, deployEnv: 'prd' };
const gitops = { owner: 'metasync', repository: 'dagster-platform-gitops' };
const branch = 'luban/register-etl-jobs-prd';

/** A world with a platform in it. */
async function worldWithPlatform(): Promise<SetUpWorld> {
  const world = await setUpWorld();
  const template = 'luban-dagster-platform-gitops-template';
  const platform = { ...organization, projectName: 'data', appName: 'dagster-platform', deployEnv: 'snd', template };
  await world.run('setup-gitops-repo', platform);
  return world;
}

const workspaceOf = (world: SetUpWorld, ref: string, env = 'snd'): Promise<string> =>
  world.git(gitops.repository, ['show', `${ref}:app/overlays/${env}/workspace.yaml`]);

const commitsOf = async (world: SetUpWorld, ref: string): Promise<number> =>
  Number(await world.git(gitops.repository, ['rev-list', '--count', ref]));

const entry = (name: string, env = 'snd', port = 3000): string =>
  `- grpc_server:\n    host: ${name}.${env}-data.svc.cluster.local\n    port: ${port}\n    location_name: ${name}\n`;

const told = (what: string, env = 'snd'): string =>
  `${what} CodeLocation metasync/dagster-platform-gitops/app/overlays/${env}/workspace.yaml etl-jobs`;

test('a location is registered by one commit, and a second run changes nothing', async () => {
  await using world = await worldWithPlatform();
  const before = await commitsOf(world, 'develop');

  const planned = await world.run('register-dagster-location', inputs, { dryRun: true });
  const untouched = await commitsOf(world, 'develop');
  const first = await world.run('register-dagster-location', inputs, { run: { requestedBy: 'ada@example.com' } });
  const refs = await world.git(gitops.repository, ['for-each-ref']);
  const second = await world.run('register-dagster-location', inputs);

  const url = `${world.playground.url}/metasync/dagster-platform-gitops.git`;
  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: [told('created')] } });
  expect(planned.diff).toContain('+    location_name: etl-jobs\n');
  expect(untouched).toBe(before);
  expect(first).toMatchObject({
    changed: true,
    diff: planned.diff,
    outputs: {
      ...{ gitopsRepoUrl: url, gitopsBranch: 'develop', leftObjects: [], changedObjects: [told('created')] },
      locationAddress: 'etl-jobs.snd-data.svc.cluster.local:3000',
    },
  });
  expect(second).toMatchObject({ changed: false, diff: '', outputs: { changedObjects: [] } });
  expect(await world.git(gitops.repository, ['for-each-ref'])).toBe(refs);
  expect(await commitsOf(world, 'develop')).toBe(before + 1);
  expect(await workspaceOf(world, 'develop')).toBe(
    `# The code locations that the daemon and the webserver load.\nload_from:\n${entry('etl-jobs')}`,
  );
  expect(await world.git(gitops.repository, ['log', '-1', '--format=%an %s', 'develop'])).toBe(
    'ada Register the code location etl-jobs in snd\n',
  );
});

test('upstream-9.6: host and port are those of the configuration, and what moves is written into the entry', async () => {
  await using world = await worldWithPlatform();
  await world.run('register-dagster-location', inputs);
  const dagsterConfigPath = await configured(world, { code_location_port: '4000' });

  const moved = await world.run('register-dagster-location', { ...inputs, dagsterConfigPath });
  const elsewhere = await world.run('register-dagster-location', {
    ...inputs,
    locationHost: 'etl',
    locationPort: 5000,
  });

  expect(moved.outputs).toMatchObject({ changedObjects: [told('updated')] });
  expect(moved.diff).toMatch(/^- {4}port: 3000\n\+ {4}port: 4000$/m);
  expect(elsewhere.outputs).toMatchObject({ locationAddress: 'etl:5000', changedObjects: [told('updated')] });
  expect(await workspaceOf(world, 'develop')).toContain('    host: etl\n    port: 5000\n    location_name: etl-jobs\n');
});

async function configured(world: SetUpWorld, data: Record<string, string>): Promise<string> {
  const metadata = { name: 'luban-dagster-config', namespace: 'luban-ci' };
  await world.kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data });
  return world.configMap('luban-dagster-config', 'luban-ci');
}

test('upstream-R7: locations that are registered at the same time all get there, each by a commit', async () => {
  await using world = await worldWithPlatform();
  const before = await commitsOf(world, 'develop');
  const names = ['orders', 'sales', 'stock', 'users', 'web'];

  const results = await Promise.all(
    names.map((appName) => world.run('register-dagster-location', { ...inputs, appName })),
  );

  const text = await workspaceOf(world, 'develop');
  expect(results.map(({ changed }) => changed)).toEqual(names.map(() => true));
  expect(names.filter((name) => text.includes(entry(name)))).toEqual(names);
  expect(await commitsOf(world, 'develop')).toBe(before + names.length);
});

test('upstream-R11: production is asked for by a pull request that holds nothing else, once', async () => {
  await using world = await worldWithPlatform();
  await world.run('register-dagster-location', inputs);
  const main = await world.git(gitops.repository, ['rev-parse', 'main']);

  const proposed = await world.run('register-dagster-location', production);
  const again = await world.run('register-dagster-location', production);

  const pullRequestUrl = `${world.playground.url}/metasync/dagster-platform-gitops/pulls/1`;
  const request = await world.forge.getChangeRequest(gitops, 1);
  expect(proposed).toMatchObject({
    changed: true,
    outputs: { pullRequestUrl, changedObjects: [told('created', 'prd')] },
  });
  expect(proposed.summary).toContain(`${pullRequestUrl} is to be merged`);
  expect(again).toMatchObject({ changed: false, outputs: { pullRequestUrl, changedObjects: [] } });
  expect(await world.git(gitops.repository, ['rev-parse', 'main'])).toBe(main);
  expect(request).toMatchObject({
    source: branch,
    target: 'main',
    title: 'Register the code location etl-jobs in prd',
  });
  expect(await world.git(gitops.repository, ['diff', '--name-only', 'main', branch])).toBe(
    'app/overlays/prd/workspace.yaml\n',
  );
});

test('after the merge there is nothing to do, and the branch is tidied up', async () => {
  await using world = await worldWithPlatform();
  await world.run('register-dagster-location', production);
  const request = await world.forge.getChangeRequest(gitops, 1);
  await world.forge.mergeChangeRequest(gitops, 1, { expectedHead: request?.head ?? '', method: 'merge' });

  const afterwards = await world.run('register-dagster-location', production);

  expect(afterwards).toMatchObject({ changed: false, diff: '', outputs: { changedObjects: [] } });
  expect(await workspaceOf(world, 'main', 'prd')).toContain(entry('etl-jobs', 'prd'));
  expect((await world.forge.listBranches(gitops)).map(({ name }) => name)).toEqual(['develop', 'main']);
});

test('upstream-R8: a run that died before its pull request, or whose request was closed, is completed by the next', async () => {
  await using world = await worldWithPlatform();
  await world.run('register-dagster-location', production);
  await closeRequest(world);
  const moved = await commitTo(world, 'main', { 'notes.md': 'Mine\n' });

  const completed = await world.run('register-dagster-location', production);

  expect(completed).toMatchObject({ changed: true, outputs: { pullRequestUrl: expect.stringMatching(/pulls\/2$/) } });
  expect((await world.git(gitops.repository, ['rev-parse', `${branch}^`])).trim()).toBe(moved);
});

async function closeRequest(world: SetUpWorld): Promise<void> {
  const path = 'repos/metasync/dagster-platform-gitops/pulls/1';
  const headers = { authorization: 'token a-token-nobody-may-see', 'content-type': 'application/json' };
  const body = JSON.stringify({ state: 'closed' });
  await fetch(`${world.playground.url}/api/v1/${path}`, { method: 'PATCH', headers, body });
}

/** What somebody with a clone commits. */
async function commitTo(world: SetUpWorld, ref: string, files: Record<string, string>): Promise<string> {
  const from = (await world.git(gitops.repository, ['rev-parse', `refs/heads/${ref}`])).trim();
  const commit = importOf({ branch: ref, from, files, message: 'By hand', author: 'Ada' });
  await world.git(gitops.repository, ['fast-import', '--quiet'], commit);
  return (await world.git(gitops.repository, ['rev-parse', `refs/heads/${ref}`])).trim();
}

test('with auto-merge production has it at once, where nobody has to approve it', async () => {
  await using world = await worldWithPlatform();

  const merged = await world.run('register-dagster-location', { ...production, mode: 'auto-merge' });
  const again = await world.run('register-dagster-location', { ...production, mode: 'auto-merge' });

  expect([merged, again].map(({ changed, outputs }) => [changed, outputs['pullRequestUrl']])).toEqual([
    [true, undefined],
    [false, undefined],
  ]);
  expect(await workspaceOf(world, 'main', 'prd')).toContain(entry('etl-jobs', 'prd'));
  expect((await world.forge.listBranches(gitops)).map(({ name }) => name)).toEqual(['develop', 'main']);
});

test('what it wrote goes, the others stay, and an entry that somebody changed is theirs', async () => {
  await using world = await worldWithPlatform();
  const empty = await workspaceOf(world, 'develop');
  await world.run('register-dagster-location', inputs);
  const remove = { ...inputs, remove: true };

  const planned = await world.run('register-dagster-location', remove, { dryRun: true });
  const first = await world.run('register-dagster-location', remove);
  const second = await world.run('register-dagster-location', remove);
  const afterwards = await workspaceOf(world, 'develop');
  await world.run('register-dagster-location', { ...inputs, locationHost: 'mine' });
  const foreign = await world.run('register-dagster-location', remove);

  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: [told('removed')] } });
  expect(first).toMatchObject({ changed: true, outputs: { changedObjects: [told('removed')], leftObjects: [] } });
  expect(second).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
  expect(afterwards).toBe(empty);
  expect(foreign.outputs).toMatchObject({ changedObjects: [], leftObjects: [expect.stringContaining('etl-jobs')] });
  expect(await workspaceOf(world, 'develop')).toContain('host: mine\n');
});

test('out of production it goes by a pull request, too', async () => {
  await using world = await worldWithPlatform();
  await world.run('register-dagster-location', { ...production, mode: 'auto-merge' });

  const asked = await world.run('register-dagster-location', { ...production, remove: true });

  expect(asked.outputs).toMatchObject({ changedObjects: [told('removed', 'prd')], pullRequestUrl: expect.any(String) });
  expect((await world.forge.getChangeRequest(gitops, 2))?.title).toBe('Take the code location etl-jobs out of prd');
  expect(await workspaceOf(world, branch, 'prd')).toContain('load_from: []\n');
});

test('a platform of another project is found by its own name', async () => {
  await using world = await worldWithPlatform();
  const shared = { ...inputs, projectName: 'payment', dagsterPlatformProject: 'data' };

  const result = await world.run('register-dagster-location', shared);

  expect(result.outputs).toMatchObject({ locationAddress: 'etl-jobs.snd-payment.svc.cluster.local:3000' });
  expect(await workspaceOf(world, 'develop')).toContain('host: etl-jobs.snd-payment.svc.cluster.local\n');
});

test('without a platform there is nothing to register at, and nothing to take out', async () => {
  await using world = await setUpWorld();

  const missing = await failureOf(world.run('register-dagster-location', inputs));
  const gone = await world.run('register-dagster-location', { ...inputs, remove: true });
  const environment = await failureOf(world.run('register-dagster-location', { ...inputs, deployEnv: 'live' }));
  const host = await failureOf(world.run('register-dagster-location', { ...inputs, locationHost: 'a b' }));

  expect(missing).toMatchObject({
    name: 'StepError',
    message: expect.stringContaining('There is no Dagster platform data/dagster-platform in snd'),
  });
  expect(gone).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
  expect([environment, host]).toMatchObject([
    { name: 'InputError', message: expect.stringContaining('There is no environment "live"') },
    { name: 'InputError', fields: [{ field: 'locationHost' }] },
  ]);
});
