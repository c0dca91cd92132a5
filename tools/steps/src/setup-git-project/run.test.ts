import { writeFile } from 'node:fs/promises';
import { startAzureStandIn } from '@luban-ci/forge/azure-stand-in';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { failureOf, type RunOptions, runStep } from '../testing/run-step.fixture.ts';

const inputs = {
  projectName: 'payment',
  gitOrganization: 'DefaultCollection',
  gitProvider: 'ado',
  gitToken: 'token-of-bot',
};

/** An Azure DevOps Server with one project, which is not ours. */
async function azureWorld() {
  const azure = await startAzureStandIn({
    token: 'token-of-bot',
    collection: 'DefaultCollection',
    project: 'older',
    newest: '7.1',
  });
  const folder = await temporaryFolder();
  const configPath = folder.at('config.json');
  const host = new URL(azure.url).host;
  await writeFile(configPath, JSON.stringify({ ado_server: host, ado_base_url: azure.url }));
  return {
    azure,
    run: (given: Record<string, unknown> = {}, options?: RunOptions) =>
      runStep('setup-git-project', { ...inputs, configPath, ...given }, options),
    [Symbol.asyncDispose]: async () => {
      await azure[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('a project is made once, and one that is there is left as it is', async () => {
  await using world = await azureWorld();

  const planned = await world.run({}, { dryRun: true });
  const first = await world.run();
  const second = await world.run();
  const older = await world.run({ projectName: 'older' });

  const created = ['created GitProject DefaultCollection/payment'];
  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: created }, diff: first.diff });
  expect(first).toMatchObject({
    changed: true,
    outputs: { repositoryOwner: 'DefaultCollection/payment', changedObjects: created },
    summary: 'The project DefaultCollection/payment has 1 created',
  });
  expect([second, older].map(({ changed, diff }) => [changed, diff])).toEqual([
    [false, ''],
    [false, ''],
  ]);
});

test('a project that it made goes while it is empty, and no other', async () => {
  await using world = await azureWorld();
  await world.run();
  const remove = { remove: true };

  const older = await world.run({ ...remove, projectName: 'older' });
  const planned = await world.run(remove, { dryRun: true });
  const first = await world.run(remove);
  const second = await world.run(remove);

  expect(older.outputs).toMatchObject({ changedObjects: [], leftObjects: ['GitProject DefaultCollection/older'] });
  expect(planned.outputs['changedObjects']).toEqual(['removed GitProject DefaultCollection/payment']);
  expect([planned.changed, first.changed, second.changed]).toEqual([false, true, false]);
});

test('a project with code in it stays', async () => {
  await using world = await azureWorld();
  await world.run();
  world.azure.createRepository('payment', 'cart-service');

  const removed = await world.run({ remove: true });

  expect(removed.outputs).toMatchObject({
    changedObjects: [],
    leftObjects: ['GitProject DefaultCollection/payment (it holds cart-service)'],
  });
});

test('where there are no projects there is nothing to do, which is said', async () => {
  const { changed, outputs, summary } = await runStep('setup-git-project', {
    projectName: 'payment',
    gitOrganization: 'metasync',
  });

  expect(changed).toBe(false);
  expect(outputs).toEqual({ repositoryOwner: 'metasync', changedObjects: [], leftObjects: [] });
  expect(summary).toBe('github has no projects: repositories belong to metasync, which people make');
});

test('a token that is refused is told', async () => {
  await using world = await azureWorld();

  const failure = await failureOf(world.run({ gitToken: 'another' }));

  expect(failure).toMatchObject({ name: 'StepError', message: expect.stringContaining('401') });
});
