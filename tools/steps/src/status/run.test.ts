import { writeFile } from 'node:fs/promises';
import { capturedLog } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { bothOverlays, overlay, placeholderOverlay, sandbox } from '../testing/overlays.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const image = 'registry.example/payment/cart';
const digest = `sha256:${'d'.repeat(64)}`;
const revision = 'a'.repeat(40);
const at = '2026-01-02T03:04:05.000Z';

async function deployed(name: string) {
  const tree = bothOverlays(image);
  const gitopsRepoUrl = await world.repository(name, { main: tree, develop: tree });
  const request = { imageTag: '1.0.0', digest, revision, orderKey: '2026-01-01T00:00:00Z' };
  await world.run(
    'deploy-image',
    { gitopsRepoUrl, projectName: 'payment', appName: 'cart', image, ...request },
    { run: { requestedBy: 'ada', url: 'https://ci.example/runs/1' } },
  );
  return gitopsRepoUrl;
}

/** An overlay of one of many applications, with its record. */
function recorded(app: string, tag: string, more: Record<string, string> = {}): Record<string, string> {
  const name = `registry.example/team/${app}`;
  const entry = { tag, key: `${app} ${tag}`, at, sourceCommit: revision, ...more };
  return {
    'kustomization.yaml': overlay(name, `newTag: ${tag}`),
    '.luban': JSON.stringify({ version: '1', images: { [name]: entry } }),
  };
}

function below(folder: string, files: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]));
}

describe('one application', () => {
  test('is shown with what is known of it, and what waits for a promotion', async () => {
    const gitopsRepoUrl = await deployed('cart-gitops');
    const tip = async (branch: string): Promise<string> =>
      (await world.git('cart-gitops', ['rev-parse', branch])).trim();
    const log = capturedLog();

    const result = await world.run('status', { gitopsRepoUrl }, { log: log.log });

    expect(result).toEqual({
      changed: false,
      outputs: {
        deployments: [
          {
            ...{ repository: gitopsRepoUrl, application: 'cart', environment: 'snd', folder: 'app/overlays/snd' },
            ...{ image, state: 'deployed', tag: '1.0.0', digest, sourceCommit: revision, since: at },
            ...{ run: 'https://ci.example/runs/1', requestedBy: 'ada' },
          },
          {
            ...{ repository: gitopsRepoUrl, application: 'cart', environment: 'prd', folder: 'app/overlays/prd' },
            ...{ image: 'quay.io/luban-ci/luban-hello-world-py', state: 'placeholder', tag: 'latest' },
          },
        ],
        waiting: [`cart: snd has 1.0.0 since ${at}, and prd has nothing yet`],
        findings: [],
        commits: [
          { repository: gitopsRepoUrl, environment: 'snd', branch: 'develop', commit: await tip('develop') },
          { repository: gitopsRepoUrl, environment: 'prd', branch: 'main', commit: await tip('main') },
        ],
        unreadable: [],
      },
      summary: '2 images of 1 application, 0 findings, 1 promotion waiting',
    });
    expect(log.text().trimEnd().split('\n')).toEqual([
      'application  snd                       prd',
      'cart         1.0.0 aaaaaaa 2026-01-02  –',
    ]);
  });

  test('that was edited by hand is marked and named, and nothing fails', async () => {
    const gitopsRepoUrl = await deployed('edited-gitops');
    await world.commit('edited-gitops', 'develop', { [sandbox]: overlay(image, 'newTag: 6.6.6') });
    const log = capturedLog();

    const { outputs } = await world.run('status', { gitopsRepoUrl, environments: ['snd'] }, { log: log.log });

    expect(outputs['findings']).toEqual([`snd edited: ${image} is at 6.6.6, and 1.0.0@${digest} is recorded`]);
    expect(outputs['deployments']).toMatchObject([{ state: 'by hand', tag: '6.6.6' }]);
    expect(JSON.stringify(outputs['deployments'])).not.toContain(digest);
    expect(log.text()).toContain('edited       6.6.6 !\n');
  });

  test('is shown where an environment has no branch yet', async () => {
    const gitopsRepoUrl = await world.repository('young', { develop: bothOverlays(image) });

    const { outputs } = await world.run('status', { gitopsRepoUrl });

    expect(outputs).toMatchObject({
      deployments: [{ environment: 'snd', state: 'placeholder' }],
      commits: [{ environment: 'snd' }],
      unreadable: [],
    });
  });
});

describe('a repository of many applications', () => {
  test('is one table, whatever its layout and whatever somebody wrote into it', async () => {
    const hostile = '\u001b[31m1.0\u202e\u0007\u001b]0;title';
    const record = `version: "1"\nimages:\n  x/y:\n    tag: ${JSON.stringify(hostile)}\n    key: k\n    requestedBy: ${JSON.stringify(hostile)}\n`;
    const develop = {
      ...below('apps/cart/overlays/snd', recorded('cart', '2.1.0')),
      ...below('envs/snd/shop', recorded('shop', '0.9.0')),
      'apps/long/overlays/snd/kustomization.yaml': `images:\n  - name: x/long\n    newTag: ${'9'.repeat(10_000)}\n`,
      'apps/odd/overlays/snd/kustomization.yaml': `images:\n  - name: x/y\n    newTag: ${JSON.stringify(hostile)}\n`,
      'apps/odd/overlays/snd/.luban': record,
      'apps/cart/base/kustomization.yaml': 'images: [{ name: never, newTag: seen }]\n',
      'apps/plain/overlays/snd/kustomization.yaml': 'resources: []\n',
      'docs/snd.md': 'nothing',
    };
    const main = {
      ...below('apps/cart/overlays/prd', recorded('cart', '2.0.4', { promotedFrom: 'snd' })),
      ...below('envs/prd/shop', recorded('shop', '0.9.0')),
    };
    const gitopsRepoUrl = await world.repository('platform', { main, develop });
    const log = capturedLog();

    const { outputs } = await world.run('status', { gitopsRepoUrl }, { log: log.log });

    expect(log.text().split('\n').slice(0, 5)).toEqual([
      `application  snd${' '.repeat(41)}prd`,
      `cart         2.1.0 aaaaaaa 2026-01-02${' '.repeat(20)}2.0.4 aaaaaaa 2026-01-02 ↑`,
      `long         ${'9'.repeat(39)}… ?`,
      'odd          [31m1.0 ]0;title',
      `shop         0.9.0 aaaaaaa 2026-01-02${' '.repeat(20)}0.9.0 aaaaaaa 2026-01-02 !`,
    ]);
    expect(outputs['waiting']).toEqual([`cart: snd has 2.1.0 since ${at}, and prd has 2.0.4`]);
    expect(outputs['findings']).toEqual([
      expect.stringMatching(/^snd long: x\/long at 9{200,}…$/),
      'prd shop: registry.example/team/shop at 0.9.0 came without a promotion from snd',
    ]);
    expect(log.text().replaceAll('\n', '') + JSON.stringify(outputs)).not.toMatch(/\\u001b|[\p{Cc}\p{Cf}]/u);
  });
});

describe('several repositories', () => {
  test('are read together; one that cannot be read is named and hides no other', async () => {
    const [one, two] = [await deployed('one-gitops'), await deployed('two-gitops')];
    const absent = one.replace('one-gitops', 'three-gitops');

    const { outputs } = await world.run('status', { gitopsRepoUrls: [two, absent, one], environments: ['snd'] });

    expect(outputs['deployments']).toMatchObject([{ application: 'two' }, { application: 'one' }]);
    expect(outputs['unreadable']).toEqual([expect.stringContaining(`${absent}: `)]);
  });

  test('are those of luban-repositories where none is given', async () => {
    const gitops = await deployed('registered');
    const repositoriesPath = world.folder.at('repositories.json');
    const source = gitops.replace('registered', 'basket');
    await writeFile(repositoriesPath, JSON.stringify({ 'payment.basket': `source: ${source}\ngitops: ${gitops}\n` }));

    const { outputs } = await world.run('status', { repositoriesPath, environments: ['snd'] });

    expect(outputs['deployments']).toMatchObject([{ application: 'basket', repository: gitops, tag: '1.0.0' }]);
  });
});

describe('it is refused', () => {
  test('with nothing to look at, an environment that is none, or nothing that can be read', async () => {
    const absent = `${world.playground.url}/metasync/nowhere.git`;

    const nothing = await failureOf(world.run('status', {}));
    const unknown = await failureOf(world.run('status', { gitopsRepoUrl: absent, environments: ['qa'] }));
    const unreadable = await failureOf(world.run('status', { gitopsRepoUrl: absent }));

    expect(nothing).toMatchObject({ name: 'InputError', fields: [{ field: 'gitopsRepoUrl' }] });
    expect(unknown).toMatchObject({ name: 'InputError', fields: [{ field: 'environments' }] });
    expect(unreadable).toMatchObject({ name: 'StepError', message: expect.stringContaining(absent) });
  });
});

test('a placeholder that never ran anything waits for nothing', async () => {
  const tree = { 'app/overlays/snd/kustomization.yaml': placeholderOverlay(image) };
  const gitopsRepoUrl = await world.repository('quiet', { main: bothOverlays(image), develop: tree });

  const { outputs } = await world.run('status', { gitopsRepoUrl });

  expect(outputs).toMatchObject({ waiting: [], findings: [] });
});
