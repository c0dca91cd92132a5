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
const ci = 'Luban CI <luban-ci@users.noreply.luban-ci.io>';
const ada = 'ada <ada@users.noreply.luban-ci.io>';
const commitOf = async (name: string, ref: string): Promise<string> =>
  (await world.git(name, ['rev-parse', ref])).trim();

function deploy(gitopsRepoUrl: string, imageTag: string, order: string, more: Record<string, unknown> = {}) {
  const request = { gitopsRepoUrl, projectName: 'payment', appName: 'cart', image, imageTag, orderKey: order, ...more };
  return world.run('deploy-image', request, { run: { requestedBy: 'ada', url: 'https://ci.example/1' } });
}

describe('the events of an application', () => {
  let gitopsRepoUrl: string;
  beforeAll(async () => {
    const tree = bothOverlays(image);
    gitopsRepoUrl = await world.repository('cart-gitops', { main: tree, develop: tree });
    await deploy(gitopsRepoUrl, '1.0.0', '2026-01-01T00:00:00Z', { revision: 'a'.repeat(40) });
    await deploy(gitopsRepoUrl, '2.0.0', '2026-01-01T01:00:00Z');
    await world.run('rollback', { gitopsRepoUrl, projectName: 'payment', appName: 'cart', deployEnv: 'snd' });
    await world.commit('cart-gitops', 'develop', { 'README.md': 'about something else' });
    await world.commit('cart-gitops', 'develop', { [sandbox]: overlay(image, 'newTag: 6.6.6') }, 'Quick fix', 'Eve');
    await world.commit('cart-gitops', 'develop', { [sandbox]: 'images: []\n' }, 'Gone', 'Eve');
  });

  test('come newest first, with who, when, from what and what it replaced', async () => {
    const { outputs, summary } = await world.run('history', { gitopsRepoUrl });

    const events = outputs['events'] as Record<string, string>[];
    const at = expect.stringMatching(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    const [first, removal] = [await commitOf('cart-gitops', 'main'), await commitOf('cart-gitops', 'develop')];
    const asked = { requestedBy: 'ada', run: 'https://ci.example/1' };
    const placeholder = { image: 'quay.io/luban-ci/luban-hello-world-py', tag: 'latest' };
    expect(events).toEqual([
      { event: 'removed', commit: removal, at, author: 'Eve <eve@example.com>', image, replaced: '6.6.6' },
      expect.objectContaining({ event: 'by hand', author: 'Eve <eve@example.com>', tag: '6.6.6', replaced: '1.0.0' }),
      expect.objectContaining({
        ...{ event: 'rolled back', author: ci, tag: '1.0.0', replaced: '2.0.0', sourceCommit: 'a'.repeat(40) },
      }),
      expect.objectContaining({ event: 'deployed', author: ada, tag: '2.0.0', replaced: '1.0.0', ...asked }),
      expect.objectContaining({
        ...{ event: 'deployed', author: ada, tag: '1.0.0', replaced: 'latest', sourceCommit: 'a'.repeat(40), ...asked },
      }),
      { event: 'set up', commit: first, at, author: expect.stringContaining('Ada'), ...placeholder },
    ]);
    expect(outputs).toMatchObject({ application: 'cart', deployEnv: 'snd', gitopsBranch: 'develop', more: false });
    expect(summary).toBe('cart in snd: 6 events');
  });

  test('are told in lines, as many as are asked for', async () => {
    const log = capturedLog();

    const { outputs, summary } = await world.run('history', { gitopsRepoUrl, limit: 2 }, { log: log.log });

    expect(outputs).toMatchObject({ events: [{ event: 'removed' }, { event: 'by hand' }], more: true });
    expect(summary).toBe('cart in snd: 2 events, and older ones');
    expect(log.text().split('\n').slice(0, 2)).toEqual([
      expect.stringMatching(
        /^\d{4}-\d\d-\d\d \d\d:\d\d {2}removed {6}registry.*cart, was 6\.6\.6 {2}by Eve <.*> {2}\([0-9a-f]{7}\)$/,
      ),
      expect.stringMatching(
        /^2026-01-02 03:04 {2}by hand {6}6\.6\.6, was 1\.0\.0 {2}by Eve <eve@example\.com> {2}\(.*\)$/,
      ),
    ]);
  });

  test('are those of one image where it is asked for', async () => {
    const { outputs } = await world.run('history', { gitopsRepoUrl, image: 'registry.example/other' });

    expect(outputs['events']).toEqual([]);
  });
});

test('a promotion that was merged counts as the merge, and says where it came from', async () => {
  const tree = bothOverlays(image);
  const gitopsRepoUrl = await world.repository('merged', { main: tree, develop: tree });
  const entry = {
    tag: '3.0.0',
    key: 'promote snd prd',
    at: '2026-01-01T00:00:00Z',
    promotedFrom: 'snd',
    requestedBy: 'bob',
  };
  const start = await commitOf('merged', 'main');
  await world.git('merged', ['branch', 'promotion', 'main']);
  await world.commit('merged', 'promotion', {
    'app/overlays/prd/kustomization.yaml': overlay(image, 'newTag: 3.0.0'),
    'app/overlays/prd/.luban': JSON.stringify({ version: '1', images: { [image]: entry } }),
  });
  const identity = ['-c', 'user.name=Carol', '-c', 'user.email=carol@example.com'];
  const parents = ['-p', start, '-p', await commitOf('merged', 'promotion')];
  const merge = await world.git('merged', [
    ...identity,
    'commit-tree',
    'promotion^{tree}',
    ...parents,
    '-m',
    'Merge it',
  ]);
  await world.git('merged', ['update-ref', 'refs/heads/main', merge.trim()]);

  const { outputs } = await world.run('history', { gitopsRepoUrl, deployEnv: 'prd' });

  expect(outputs['events']).toMatchObject([
    {
      event: 'promoted',
      commit: merge.trim(),
      author: 'Carol <carol@example.com>',
      requestedBy: 'bob',
      promotedFrom: 'snd',
    },
    { event: 'set up' },
  ]);
});

test('without a record, the trailers of the commits tell the same', async () => {
  const configPath = await world.config({ record: 'none' });
  const tree = bothOverlays(image);
  const gitopsRepoUrl = await world.repository('unrecorded', { main: tree, develop: tree });
  await deploy(gitopsRepoUrl, '1.0.0', '2026-01-01T00:00:00Z', { configPath, revision: 'b'.repeat(40) });

  const { outputs } = await world.run('history', { gitopsRepoUrl, limit: 1 });

  expect(outputs['events']).toMatchObject([
    { event: 'deployed', tag: '1.0.0', sourceCommit: 'b'.repeat(40), requestedBy: 'ada', run: 'https://ci.example/1' },
  ]);
});

test('what lies far more than fifty commits back is found', async () => {
  const gitopsRepoUrl = await world.repository('deep', { develop: { [sandbox]: placeholderOverlay(image) } });
  const say = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const commit = (at: number, path: string, text: string): string =>
    `commit refs/heads/develop\ncommitter Ada <ada@example.com> ${1_767_323_045 + at} +0000\n${say(`Commit ${at}`)}${at === 0 ? `from refs/heads/develop^0\n` : ''}M 100644 inline ${path}\n${say(text)}\n`;
  const commits = Array.from({ length: 260 }, (_, at) =>
    at % 100 === 10 ? commit(at, sandbox, overlay(image, `newTag: at-${at}`)) : commit(at, 'noise', String(at)),
  );
  await world.git('deep', ['fast-import', '--quiet'], commits.join(''));

  const { outputs } = await world.run('history', { gitopsRepoUrl, appName: 'deep' });

  expect(outputs['events']).toMatchObject([
    { event: 'by hand', tag: 'at-210', replaced: 'at-110' },
    { event: 'by hand', tag: 'at-110', replaced: 'at-10' },
    { event: 'by hand', tag: 'at-10', replaced: 'latest' },
    { event: 'set up' },
  ]);
  expect(outputs['more']).toBe(false);
});

describe('a repository of many applications', () => {
  test('is asked for one of them, and says which there are', async () => {
    const develop = {
      'apps/cart/overlays/snd/kustomization.yaml': overlay(image, 'newTag: "1"'),
      'apps/shop/overlays/snd/kustomization.yaml': overlay('x/shop', 'newTag: "2"'),
    };
    const gitopsRepoUrl = await world.repository('shops', { develop });

    const shop = await world.run('history', { gitopsRepoUrl, appName: 'shop' });
    const unsaid = await failureOf(world.run('history', { gitopsRepoUrl }));
    const unknown = await failureOf(world.run('history', { gitopsRepoUrl, appName: 'none' }));

    expect(shop.outputs).toMatchObject({ application: 'shop', events: [{ image: 'x/shop', tag: '2' }] });
    expect(unsaid).toMatchObject({
      name: 'InputError',
      message: `${gitopsRepoUrl} has several applications in snd on develop`,
      fields: [{ field: 'appName', expected: 'expected one of cart, shop' }],
    });
    expect(unknown).toMatchObject({ name: 'InputError', fields: [{ field: 'appName' }] });
  });

  test('is refused where nothing is set up', async () => {
    const gitopsRepoUrl = await world.repository('empty-one', { develop: { a: 'a' } });

    const error = await failureOf(world.run('history', { gitopsRepoUrl, deployEnv: 'prd' }));

    expect(error).toMatchObject({
      name: 'InputError',
      message: `${gitopsRepoUrl} has no such application in prd on main`,
    });
  });
});
