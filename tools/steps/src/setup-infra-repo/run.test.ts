import { expect, test, vi } from 'vitest';
import { importOf } from '../testing/plain-git.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a forge of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const inputs = { infraType: 'ci', gitOrganization: 'metasync', gitProvider: 'gitea' };
const infra = { owner: 'metasync', repository: 'luban-infra-ci' };
const everything = ['created Repository metasync/luban-infra-ci', 'created Branch metasync/luban-infra-ci/main'];
const updated = 'updated Files metasync/luban-infra-ci on main';

async function filesOf(world: SetUpWorld, ref = 'main'): Promise<string[]> {
  return (await world.git(infra.repository, ['ls-tree', '-r', '--name-only', ref])).trimEnd().split('\n');
}

const show = (world: SetUpWorld, path: string, ref = 'main'): Promise<string> =>
  world.git(infra.repository, ['show', `${ref}:${path}`]);

/** What somebody with a clone commits; `undefined` deletes nothing here. */
async function commitTo(world: SetUpWorld, files: Record<string, string>): Promise<void> {
  const from = (await world.git(infra.repository, ['rev-parse', 'refs/heads/main'])).trim();
  const commit = importOf({ branch: 'main', from, files, message: 'By hand', author: 'Ada' });
  await world.git(infra.repository, ['fast-import', '--quiet'], commit);
}

test('a repository is made and filled, and a second run changes nothing', async () => {
  await using world = await setUpWorld();

  const planned = await world.run('setup-infra-repo', inputs, { dryRun: true });
  const nothing = await world.forge.getRepository(infra);
  const first = await world.run('setup-infra-repo', inputs, { run: { requestedBy: 'ada@example.com' } });
  const refs = await world.git(infra.repository, ['for-each-ref']);
  const second = await world.run('setup-infra-repo', inputs);

  const infraRepoUrl = `${world.playground.url}/metasync/luban-infra-ci.git`;
  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: everything } });
  expect(nothing).toBeUndefined();
  expect(first).toMatchObject({
    changed: true,
    diff: planned.diff,
    outputs: { infraRepoUrl, changedObjects: everything, leftObjects: [] },
  });
  expect(second).toMatchObject({ changed: false, diff: '', outputs: { changedObjects: [], leftObjects: [] } });
  expect(await world.git(infra.repository, ['for-each-ref'])).toBe(refs);
  expect(await filesOf(world)).toEqual([
    '.luban-set-up',
    'README.md',
    'argocd.yaml',
    ...['access', 'accounts', 'configuration', 'kustomization', 'limits'].map((name) => `base/${name}.yaml`),
    ...['luban-ci-kpack-template', 'luban-promotion-template', 'promotion-workflow', 'secrets'].map(
      (name) => `base/${name}.yaml`,
    ),
  ]);
  expect(await show(world, 'argocd.yaml')).toContain(`    - ${infraRepoUrl}\n`);
  expect(await show(world, 'base/secrets.yaml')).toContain('name: gitea-creds\n');
  expect(await world.git(infra.repository, ['log', '-1', '--format=%an %s', 'main'])).toBe(
    'ada Begin with infra-ci-base\n',
  );
});

test('names and limits are those of luban-config', async () => {
  await using world = await setUpWorld();
  const config = { infra_cd_repository: 'places', namespace_quota: '{"pods":"7"}', network_policy: 'none' };

  const result = await world.run('setup-infra-repo', { ...inputs, infraType: 'cd' }, { config });

  expect(result.outputs).toMatchObject({ infraRepoUrl: `${world.playground.url}/metasync/places.git` });
  const limits = await world.git('places', ['show', 'main:base/limits.yaml']);
  expect(limits).toContain('hard: {"pods":"7"}\n');
  expect(limits).not.toContain('NetworkPolicy');
});

test('upstream-N4: what somebody changed stays and is named, and what nobody touched follows', async () => {
  await using world = await setUpWorld();
  await world.run('setup-infra-repo', inputs);
  await commitTo(world, { 'base/limits.yaml': '# mine\n', 'base/more.yaml': '# mine, too\n' });
  const config = { kpack_builds: '3', namespace_quota: '{"pods":"7"}' };

  const planned = await world.run('setup-infra-repo', inputs, { config, dryRun: true });
  const first = await world.run('setup-infra-repo', inputs, { config });
  const second = await world.run('setup-infra-repo', inputs, { config });

  const leftObjects = ['File metasync/luban-infra-ci/base/limits.yaml'];
  expect(planned).toMatchObject({ changed: false, diff: first.diff });
  expect(first).toMatchObject({ changed: true, outputs: { changedObjects: [updated], leftObjects } });
  expect(second).toMatchObject({ changed: false, diff: '', outputs: { changedObjects: [], leftObjects } });
  expect(await show(world, 'base/limits.yaml')).toBe('# mine\n');
  expect(await show(world, 'base/more.yaml')).toBe('# mine, too\n');
  expect(await show(world, 'base/configuration.yaml')).toContain('kpack-builds: "3"\n');
});

test('a repository that somebody has begun gets what is missing, and nothing of theirs is written over', async () => {
  await using world = await setUpWorld();
  await world.playground.createRepository('metasync', infra.repository);
  const begun = importOf({
    branch: 'main',
    from: '',
    files: { 'README.md': 'Ours\n' },
    message: 'Begin',
    author: 'Ada',
  });
  await world.git(infra.repository, ['fast-import', '--quiet'], begun);

  const result = await world.run('setup-infra-repo', inputs);

  expect(result.outputs).toMatchObject({
    changedObjects: ['created Files metasync/luban-infra-ci on main'],
    leftObjects: ['File metasync/luban-infra-ci/README.md'],
  });
  expect(await show(world, 'README.md')).toBe('Ours\n');
  expect(await filesOf(world)).toContain('base/kustomization.yaml');
});

test('a protected branch gets the change by a pull request, once', async () => {
  await using world = await setUpWorld();
  await world.run('setup-infra-repo', inputs);
  await world.forge.protectBranch(infra, 'main', { requiredApprovals: 1, requiredStatusChecks: [] });
  const config = { kpack_builds: '3' };

  const proposed = await world.run('setup-infra-repo', inputs, { config });
  const again = await world.run('setup-infra-repo', inputs, { config });

  const pullRequestUrl = `${world.playground.url}/metasync/luban-infra-ci/pulls/1`;
  expect(proposed).toMatchObject({ changed: true, outputs: { pullRequestUrl, changedObjects: [updated] } });
  expect(again).toMatchObject({ changed: false, outputs: { pullRequestUrl, changedObjects: [] } });
  expect(await show(world, 'base/configuration.yaml')).toContain('kpack-builds: "10"\n');
  expect(await show(world, 'base/configuration.yaml', 'luban/infra-base')).toContain('kpack-builds: "3"\n');
});

test('it goes while it holds nobody’s work', async () => {
  await using world = await setUpWorld();
  await world.run('setup-infra-repo', inputs);
  const remove = { ...inputs, remove: true };

  const planned = await world.run('setup-infra-repo', remove, { dryRun: true });
  const first = await world.run('setup-infra-repo', remove);
  const second = await world.run('setup-infra-repo', remove);

  const gone = ['removed Repository metasync/luban-infra-ci'];
  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: gone } });
  expect(first).toMatchObject({ changed: true, outputs: { changedObjects: gone } });
  expect(second).toMatchObject({ changed: false, outputs: { changedObjects: [] } });
});

test('a repository with an overlay stays, and a template that is not there is refused before anything is made', async () => {
  await using world = await setUpWorld();
  await world.run('setup-infra-repo', inputs);
  await world.run('update-infra-repo', { ...inputs, projectName: 'payment' });

  const removed = await world.run('setup-infra-repo', { ...inputs, remove: true });
  const refused = await failureOf(world.run('setup-infra-repo', { ...inputs, infraType: 'cd', template: 'none' }));

  expect(removed.outputs).toMatchObject({
    changedObjects: [],
    leftObjects: [expect.stringMatching(/holds work: [0-9a-f]{12} Set up the overlay of snd-payment\)$/)],
  });
  expect(refused).toMatchObject({ name: 'InputError', fields: [{ field: 'template' }] });
  expect(await world.forge.getRepository({ owner: 'metasync', repository: 'luban-infra-cd' })).toBeUndefined();
});
