import { expect, test, vi } from 'vitest';
import { setUpWorld } from '../testing/set-up-world.fixture.ts';
import { commitTo, gitops, inputs } from './repository.fixture.ts';

// Each test sets up a forge and a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

test('upstream-N8: it goes with its entry while it holds nobody’s work, and what somebody else made stays', async () => {
  await using world = await setUpWorld();
  await world.run('setup-gitops-repo', inputs);
  const remove = { ...inputs, remove: true };

  const planned = await world.run('setup-gitops-repo', remove, { dryRun: true });
  const first = await world.run('setup-gitops-repo', remove);
  const second = await world.run('setup-gitops-repo', remove);
  await world.playground.createRepository('metasync', gitops.repository);
  const foreign = await world.run('setup-gitops-repo', remove);

  const gone = [
    'removed ConfigMap luban-ci/luban-repositories payment.cart-service',
    'removed Repository metasync/cart-service-gitops',
  ];
  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: gone } });
  expect(first).toMatchObject({ changed: true, outputs: { changedObjects: gone, leftObjects: [] } });
  expect(second).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
  expect(foreign.outputs).toMatchObject({ leftObjects: ['Repository metasync/cart-service-gitops'] });
  expect(await world.forge.getRepository(gitops)).toBeDefined();
});

test('a repository that somebody has committed to stays, and so does an entry that somebody changed', async () => {
  await using world = await setUpWorld();
  const gitopsRepoUrl = `${world.playground.url}/metasync/cart-service-gitops.git`;
  const repoUrl = 'https://github.com/elsewhere/cart.git';
  await world.run('setup-gitops-repo', { ...inputs, gitopsRepoUrl, repoUrl });
  await commitTo(world, 'develop', { 'notes.md': 'Mine\n' });

  const removed = await world.run('setup-gitops-repo', { ...inputs, remove: true });

  expect(removed.outputs).toMatchObject({
    changedObjects: [],
    leftObjects: [
      'ConfigMap luban-ci/luban-repositories payment.cart-service',
      expect.stringMatching(/^Repository metasync\/cart-service-gitops \(it holds work: [0-9a-f]{12} By hand\)$/),
    ],
  });
});
