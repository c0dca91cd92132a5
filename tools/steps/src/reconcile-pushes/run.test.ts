import { writeFile } from 'node:fs/promises';
import { createLockTable, emptyCatalog, type LocalApi, otherApiAt, serveApi } from '@luban-ci/argo-local';
import { fixedClock } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld, token } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
let api: LocalApi;
let kubeconfig: string;
beforeAll(async () => {
  world = await deliveryWorld();
  let count = 0;
  const machine = {
    catalog: { ...emptyCatalog, workflowTemplates: [pipeline] },
    images: [{ repository: 'sh', host: true }],
    folder: world.folder.at('runs'),
    namespace: 'luban-ci',
    clock: fixedClock(),
    locks: createLockTable(),
    environment: { PATH: process.env['PATH'] },
    randomSuffix: () => `n${++count}`,
    onEvent: () => {},
  };
  const other = otherApiAt(`${world.playground.url}/kubernetes`, token);
  api = await serveApi(machine, { namespaces: ['snd-payment'], concurrency: 4, other });
  kubeconfig = world.folder.at('kubeconfig');
  await api.writeKubeconfig(kubeconfig);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await world[Symbol.asyncDispose]();
});

const main = 'refs/heads/main';
const pipeline = {
  apiVersion: 'argoproj.io/v1alpha1' as const,
  kind: 'WorkflowTemplate' as const,
  metadata: { name: 'luban-ci-kpack-template', namespace: 'snd-payment' },
  spec: {
    entrypoint: 'main',
    arguments: { parameters: ['repo_url', 'revision', 'order_key'].map((name) => ({ name })) },
    templates: [{ name: 'main', container: { image: 'sh:1', command: ['true'] } }],
  },
};

async function registered(...apps: string[]): Promise<string> {
  const path = world.folder.at(`repositories-${apps.join('-')}.json`);
  const entry = (app: string) => [`payment.${app}`, `source: ${world.playground.url}/metasync/${app}.git`];
  await writeFile(path, JSON.stringify(Object.fromEntries(apps.map(entry))));
  return path;
}

async function application(app: string): Promise<void> {
  await world.repository(app, { main: { 'README.md': `${app}\n` } });
  await world.repository(`${app}-gitops`, { develop: { 'README.md': 'Nothing is deployed yet\n' } });
}

const reconcile = (repositoriesPath: string, given: Record<string, unknown> = {}, dryRun = false) =>
  world.run(
    'reconcile-pushes',
    { kubeconfig, repositoriesPath, forge: 'gitea', graceSeconds: 0, ...given },
    { dryRun },
  );

const pipelinesOf = (app: string): ReturnType<LocalApi['store']['list']> =>
  api.store.list('snd-payment').filter(({ metadata }) => metadata.labels?.['app'] === app);

test('what was lost is started once, as of when it was seen; a dry run starts and remembers nothing', async () => {
  await application('lost');
  const repositoriesPath = await registered('lost');
  const revision = (await world.git('lost', ['rev-parse', 'main'])).trim();
  const push = `payment/lost ${main} ${revision}`;

  const planned = await reconcile(repositoriesPath, {}, true);
  const none = pipelinesOf('lost').length;
  const first = await reconcile(repositoriesPath, { passOn: { git_creds_secret: 'gitea-creds' } });
  const second = await reconcile(repositoriesPath);

  const [made, ...more] = pipelinesOf('lost');
  const parameters = Object.fromEntries(
    (made?.spec.arguments?.parameters ?? []).map(({ name, value }) => [name, value]),
  );
  const seenAt = fixedClock().now().toISOString();
  expect([planned.changed, planned.outputs['started'], none]).toEqual([false, [push], 0]);
  expect(first).toMatchObject({ changed: true, outputs: { started: [push], waiting: [], repositories: 1 } });
  expect(second).toMatchObject({
    changed: false,
    outputs: { started: [] },
    summary: 'nothing was lost in 1 repository',
  });
  expect(more).toEqual([]);
  expect(parameters).toMatchObject({ revision, git_creds_secret: 'gitea-creds', order_key: seenAt });
  expect(made?.metadata.annotations).toEqual({ 'luban-ci.io/made-up-at': seenAt });
});

test('at the first look a default branch counts as lost when its commit is younger than the last deployment', async () => {
  const record = (order: string) =>
    `version: "1"\nimages:\n  quay.io/a/b:\n    sourceRepository: ${world.playground.url}/metasync/%s\n    sourceCommit: ${'c'.repeat(40)}\n    order: ${order}\n    key: a\n`;
  for (const [app, order] of [
    ['younger', '2000-01-01T00:00:00Z'],
    ['older', '2999-01-01T00:00:00Z'],
  ] as const) {
    await world.repository(app, { main: { 'README.md': `${app}\n` }, feature: { 'a.txt': 'a\n' } });
    const files = {
      'app/overlays/snd/kustomization.yaml': 'resources: []\n',
      'app/overlays/snd/.luban': record(order).replace('%s', app),
    };
    await world.repository(`${app}-gitops`, { develop: files });
  }

  const { outputs } = await reconcile(await registered('younger', 'older'));

  const revision = (await world.git('younger', ['rev-parse', 'main'])).trim();
  expect(outputs['started']).toEqual([`payment/younger ${main} ${revision}`]);
});

test('a repository that cannot be read is named in the end, and the others are looked at', async () => {
  await application('there');

  const failure = await failureOf(reconcile(await registered('gone', 'there')));

  expect(failure).toMatchObject({
    name: 'StepError',
    message: expect.stringMatching(/^A repository could not be reconciled: .*\/metasync\/gone\.git: /),
  });
  expect(pipelinesOf('there')).toHaveLength(1);
});

test('the token goes to servers of the given kind alone, and a repository of several applications is left out', async () => {
  await world.repository('several', { main: { 'README.md': 'several\n' } });
  const path = world.folder.at('repositories-several.json');
  const source = `source: ${world.playground.url}/metasync/several.git`;
  await writeFile(path, JSON.stringify({ 'payment.front': source, 'payment.back': source }));

  const several = await reconcile(path);
  const elsewhere = await reconcile(await registered('lost', 'there'), { forge: 'gitlab' });
  const others = await reconcile(await registered('lost', 'there'), { projectName: 'billing' });

  expect([several.outputs, elsewhere.outputs, others.outputs]).toEqual(
    Array(3).fill({ started: [], waiting: [], repositories: 0 }),
  );
});
