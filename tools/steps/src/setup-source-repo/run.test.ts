import { createHmac } from 'node:crypto';
import { loopbackServer } from '@luban-ci/testing';
import { expect, test, vi } from 'vitest';
import { importOf } from '../testing/plain-git.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a forge of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const webhookSecret = 'first-secret-of-events';
const inputs = {
  projectName: 'payment',
  appName: 'cart-service',
  gitOrganization: 'metasync',
  gitProvider: 'gitea',
  webhookUrl: 'http://127.0.0.1:9/gitea/push',
  webhookSecret,
};
const source = { owner: 'metasync', repository: 'cart-service' };
const everything = [
  'created Repository metasync/cart-service',
  `created Webhook metasync/cart-service to ${inputs.webhookUrl}`,
  'created Branch metasync/cart-service/main',
];

async function commitTo(world: SetUpWorld, branch: string): Promise<void> {
  const known = (await world.git(source.repository, ['for-each-ref', '--format=%(objectname)'])).trim();
  const commit = importOf({ branch, from: known, files: { 'notes.md': 'Mine\n' }, message: 'By hand', author: 'Ada' });
  await world.git(source.repository, ['fast-import', '--quiet'], commit);
}

test('a repository is made with its webhook and filled, and a second run changes nothing', async () => {
  await using world = await setUpWorld();

  const first = await world.run('setup-source-repo', inputs, { run: { requestedBy: 'ada@example.com' } });
  const refs = await world.git(source.repository, ['for-each-ref']);
  const second = await world.run('setup-source-repo', inputs);

  const repoUrl = `${world.playground.url}/metasync/cart-service.git`;
  expect(first).toMatchObject({ changed: true, outputs: { repoUrl, changedObjects: everything, leftObjects: [] } });
  expect(second).toMatchObject({ changed: false, diff: '', outputs: { changedObjects: [] } });
  expect(await world.git(source.repository, ['for-each-ref'])).toBe(refs);
  expect(await world.git(source.repository, ['log', '-1', '--format=%an %s', 'main'])).toBe(
    'ada Begin with luban-python-template\n',
  );
  expect(await world.git(source.repository, ['show', 'main:pyproject.toml'])).toContain('name = "cart-service"\n');
  expect(await world.forge.findWebhook(source, inputs.webhookUrl)).toMatchObject({ events: ['push'], active: true });
});

test('a dry run tells all of it and does nothing', async () => {
  await using world = await setUpWorld();

  const planned = await world.run('setup-source-repo', inputs, { dryRun: true });

  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: everything } });
  expect(planned.diff).toContain('+++ b/src/cart_service/main.py\n');
  expect(planned.diff).not.toContain(webhookSecret);
  expect(await world.forge.getRepository(source)).toBeUndefined();
});

test('the first commit is delivered, and upstream-N3: a new secret reaches a hook that is there', async () => {
  await using world = await setUpWorld();
  await using receiver = await loopbackServer((_, response) => response.writeHead(202).end());
  const here = { ...inputs, webhookUrl: `${receiver.url}/gitea/push` };
  const isSignedWith = (secret: string) =>
    receiver.seen.map(({ body, headers }) => {
      return createHmac('sha256', secret).update(body).digest('hex') === headers['x-gitea-signature'];
    });

  await world.run('setup-source-repo', here);
  await vi.waitFor(() => expect(isSignedWith(webhookSecret)).toEqual([true]));
  const rotated = await world.run('setup-source-repo', { ...here, webhookSecret: 'second-secret-of-events' });
  await world.forge.commitFiles(source, await notesOnTopOf(world));
  await vi.waitFor(() => expect(isSignedWith('second-secret-of-events')).toEqual([false, true]));

  expect(rotated).toMatchObject({ changed: false, diff: '' });
});

async function notesOnTopOf(world: SetUpWorld) {
  const expectedHead = (await world.forge.getBranch(source, 'main'))?.commit ?? '';
  const changes = [{ action: 'create' as const, path: 'notes.md', content: Buffer.from('Mine\n') }];
  return { branch: 'main', expectedHead, message: 'Notes', changes };
}

test('a repository that holds something gets the webhook and nothing else', async () => {
  await using world = await setUpWorld();
  await world.playground.createRepository('metasync', source.repository);
  await commitTo(world, 'trunk');
  const refs = await world.git(source.repository, ['for-each-ref']);

  const result = await world.run('setup-source-repo', inputs);

  expect(result.outputs['changedObjects']).toEqual([everything[1]]);
  expect(await world.git(source.repository, ['for-each-ref'])).toBe(refs);
});

test('upstream-N1: a run that died before the webhook or before the first commit is completed by the next', async () => {
  await using world = await setUpWorld();
  await world.playground.createRepository('metasync', source.repository);

  const completed = await world.run('setup-source-repo', inputs);

  expect(completed.outputs['changedObjects']).toEqual(everything.slice(1));
});

test('pushes go where luban-config says, each kind of forge to an address of its own, or nowhere', async () => {
  await using world = await setUpWorld();
  const { webhookUrl: _, webhookSecret: __, ...plain } = inputs;
  const config = { webhook_url: 'https://webhook.example.com/' };

  const nowhere = await world.run('setup-source-repo', plain, { dryRun: true });
  const configured = await world.run('setup-source-repo', { ...plain, webhookSecret }, { config, dryRun: true });

  expect(nowhere.outputs['webhookAddress']).toBeUndefined();
  expect(configured.outputs['webhookAddress']).toBe('https://webhook.example.com/gitea/push');
});

test('what it made goes while it holds nobody’s work', async () => {
  await using world = await setUpWorld();
  await world.run('setup-source-repo', inputs);
  const remove = { ...inputs, remove: true };

  const planned = await world.run('setup-source-repo', remove, { dryRun: true });
  const first = await world.run('setup-source-repo', remove);
  const second = await world.run('setup-source-repo', remove);

  const gone = [
    `removed Webhook metasync/cart-service to ${inputs.webhookUrl}`,
    'removed Repository metasync/cart-service',
  ];
  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: gone } });
  expect(first).toMatchObject({ changed: true, outputs: { changedObjects: gone, leftObjects: [] } });
  expect(second).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
});

test('of a repository with somebody’s work the webhook goes, and the repository stays', async () => {
  await using world = await setUpWorld();
  await world.run('setup-source-repo', inputs);
  await commitTo(world, 'main');

  const removed = await world.run('setup-source-repo', { ...inputs, remove: true });

  expect(removed.outputs).toMatchObject({
    changedObjects: [`removed Webhook metasync/cart-service to ${inputs.webhookUrl}`],
    leftObjects: [expect.stringMatching(/^Repository metasync\/cart-service \(it holds work: [0-9a-f]{12} By hand\)$/)],
  });
});

test('upstream-S9: a webhook without a secret, and a template that is not there, are refused before anything is made', async () => {
  await using world = await setUpWorld();

  const unsigned = await failureOf(world.run('setup-source-repo', { ...inputs, webhookSecret: undefined }));
  const template = await failureOf(world.run('setup-source-repo', { ...inputs, template: 'none' }));

  expect([unsigned, template]).toMatchObject([
    { name: 'InputError', fields: [{ field: 'webhookSecret' }] },
    { name: 'InputError', fields: [{ field: 'template' }] },
  ]);
  expect(await world.forge.getRepository(source)).toBeUndefined();
});
