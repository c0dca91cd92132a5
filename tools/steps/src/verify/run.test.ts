import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { bothOverlays, overlay, sandbox } from '../testing/overlays.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const image = 'registry.example/payment/cart';
const digest = `sha256:${'d'.repeat(64)}`;
const revision = 'a'.repeat(40);

/** Deployed to the sandbox; production still has its placeholder. */
async function application(name: string) {
  const tree = bothOverlays(image);
  const gitopsRepoUrl = await world.repository(name, { main: tree, develop: tree });
  await world.run('deploy-image', {
    gitopsRepoUrl,
    projectName: 'payment',
    appName: 'cart',
    image,
    imageTag: '1.0.0',
    digest,
    revision,
    orderKey: '2026-01-01T00:00:00Z',
  });
  return { name, gitopsRepoUrl };
}

describe('what was deployed', () => {
  test('says what runs where and since when; a placeholder that nothing was deployed over is sound', async () => {
    const { name, gitopsRepoUrl } = await application('sound');
    const tip = async (branch: string): Promise<string> => (await world.git(name, ['rev-parse', branch])).trim();

    const { changed, outputs } = await world.run('verify', { gitopsRepoUrl });

    expect(changed).toBe(false);
    expect(outputs).toEqual({
      sound: true,
      findings: [],
      handEdits: [],
      environments: [
        {
          environment: 'snd',
          branch: 'develop',
          commit: await tip('develop'),
          images: [
            {
              ...{ application: 'sound', folder: 'app/overlays/snd', image, state: 'deployed', tag: '1.0.0', digest },
              ...{ sourceCommit: revision, since: '2026-01-02T03:04:05.000Z' },
            },
          ],
        },
        {
          environment: 'prd',
          branch: 'main',
          commit: await tip('main'),
          images: [
            {
              ...{ application: 'sound', folder: 'app/overlays/prd', state: 'placeholder' },
              ...{ image: 'quay.io/luban-ci/luban-hello-world-py', tag: 'latest' },
            },
          ],
        },
      ],
    });
  });
});

describe('what somebody did by hand', () => {
  let gitopsRepoUrl: string;
  beforeAll(async () => {
    ({ gitopsRepoUrl } = await application('by-hand'));
  });

  test.each([
    ['another tag', 'newTag: 6.6.6', `${image} is at 6.6.6, and 1.0.0@${digest} is recorded`],
    [
      'another digest',
      `newTag: 1.0.0\ndigest: sha256:${'6'.repeat(64)}`,
      `${image} is at 1.0.0@sha256:${'6'.repeat(64)}, and 1.0.0@${digest} is recorded`,
    ],
    [
      'another image in its place',
      'newName: registry.example/other/cart\nnewTag: 1.0.0',
      `${image} is replaced by registry.example/other/cart, which was never recorded`,
    ],
  ])('is named: %s', async (what, lines, finding) => {
    const commit = await world.commit(
      'by-hand',
      'develop',
      { [sandbox]: overlay(image, lines) },
      `It is ${what}`,
      'Eve',
    );
    await world.commit('by-hand', 'develop', { 'README.md': what }, 'Something else', 'Mallory');

    const error = await failureOf(world.run('verify', { gitopsRepoUrl }));
    const told = await world.run('verify', { gitopsRepoUrl, environments: ['snd'], failOnFindings: false });

    const [author, at, subject] = ['Eve <eve@example.com>', '2026-01-02T03:04:05.000Z', `It is ${what}`];
    const named = `snd: ${finding}; by ${author} in ${commit.slice(0, 12)}, ${at} (${subject})`;
    expect(error).toMatchObject({ name: 'StepError', message: expect.stringContaining(named) });
    expect(told.outputs).toMatchObject({
      sound: false,
      findings: [named],
      handEdits: [{ environment: 'snd', folder: 'app/overlays/snd', image, commit, author, at, subject }],
    });
    expect(JSON.stringify(told.outputs['environments']).includes(digest)).toBe(what.startsWith('another image'));
  });

  test('is named: an image that was removed, and one that was never recorded', async () => {
    await world.commit('by-hand', 'develop', { [sandbox]: 'images:\n  - name: other/image\n    newTag: "1"\n' });

    const { outputs } = await world.run('verify', { gitopsRepoUrl, environments: ['snd'], failOnFindings: false });

    expect(outputs['findings']).toEqual([
      expect.stringMatching(/^snd: other\/image at 1 was never recorded; by Ada <ada@example.com> in /),
      expect.stringContaining(`snd: ${image} was removed; 1.0.0@${digest} is recorded; by Ada <ada@example.com> in `),
    ]);
  });

  test('is named: a kustomization that was deleted with everything in it', async () => {
    const { name, gitopsRepoUrl: deleted } = await application('deleted');
    const tree = (await world.git(name, ['ls-tree', '-r', 'develop'])).replace(
      /^.*overlays\/snd\/kustomization.yaml\n/m,
      '',
    );
    await world.git(name, ['update-index', '--index-info'], tree);
    const root = (await world.git(name, ['write-tree'])).trim();
    const identity = ['-c', 'user.name=Eve', '-c', 'user.email=eve@example.com'];
    const made = await world.git(name, [...identity, 'commit-tree', root, '-p', 'develop', '-m', 'Tidy up']);
    await world.git(name, ['update-ref', 'refs/heads/develop', made.trim()]);

    const { outputs } = await world.run('verify', {
      gitopsRepoUrl: deleted,
      environments: ['snd'],
      failOnFindings: false,
    });

    expect(outputs['findings']).toEqual([
      expect.stringContaining(`snd: ${image} was removed; 1.0.0@${digest} is recorded; by Eve <eve@example.com> in `),
    ]);
  });

  test('is named on one line, whatever its author is called', async () => {
    const author = `\u001b[31mE\u202ev\u0007e\u001b]0;x${'e'.repeat(1000)}`;
    await world.commit(
      'by-hand',
      'develop',
      { [sandbox]: overlay(image, 'newTag: 7.7.7') },
      'M\u001b[2J\u0085',
      author,
    );

    const { outputs } = await world.run('verify', { gitopsRepoUrl, environments: ['snd'], failOnFindings: false });

    const [finding = ''] = outputs['findings'] as string[];
    expect(finding).toContain('; by [31mE v e ]0;xeee');
    expect(finding).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(finding.length).toBeLessThan(1500);
  });
});

describe('a version that came to production', () => {
  const deploy = (gitopsRepoUrl: string, deployEnv: string, more: Record<string, unknown>) =>
    world.run('deploy-image', { gitopsRepoUrl, projectName: 'payment', appName: 'cart', image, deployEnv, ...more });

  test('without a promotion is a finding, unless that is meant to be', async () => {
    const { gitopsRepoUrl } = await application('direct');
    await deploy(gitopsRepoUrl, 'prd', { imageTag: '2.0.0', orderKey: '2026-01-02T00:00:00Z' });

    const { outputs } = await world.run('verify', { gitopsRepoUrl, failOnFindings: false });
    const meant = await world.run('verify', { gitopsRepoUrl, expectPromotions: false });

    expect(outputs['findings']).toEqual([`prd: ${image} at 2.0.0 came without a promotion from snd`]);
    expect(meant.outputs).toMatchObject({ sound: true, handEdits: [] });
  });
});

describe('a repository of many applications', () => {
  test('is looked at as a whole, and one file that nobody can read hides no other', async () => {
    const gitopsRepoUrl = await world.repository('many', {
      develop: {
        'apps/cart/overlays/snd/kustomization.yaml': overlay(image, 'newTag: "1"'),
        'apps/shop/overlays/snd/kustomization.yaml': 'images: {',
        'apps/shop/base/kustomization.yaml': 'images: {',
        'apps/twin/overlays/snd/kustomization.yaml': overlay(image, 'newTag: "1"'),
        'apps/twin/overlays/snd/kustomization.yml': overlay(image, 'newTag: "2"'),
      },
    });

    const { outputs } = await world.run('verify', { gitopsRepoUrl, environments: ['snd'], failOnFindings: false });

    expect(outputs['findings']).toEqual([
      expect.stringContaining(`snd cart: ${image} at 1 was never recorded; by Ada <ada@example.com> in `),
      expect.stringMatching(/^snd shop: apps\/shop\/overlays\/snd\/kustomization.yaml:1:10 is not valid YAML: /),
      'snd twin: apps/twin/overlays/snd has more than one kustomization',
    ]);
  });

  test('may carry versions in other files than kustomizations: Helm values, manifests', async () => {
    const entry = { tag: '1.4.0', key: 'k', at: '2026-01-01T00:00:00Z' };
    const record = JSON.stringify({ version: '1', images: { [image]: entry } });
    const values = (tag: string): string => `image:\n  repository: payment/cart\n  tag: "${tag}"\n`;
    const gitopsRepoUrl = await world.repository('charts', {
      develop: {
        ...{ 'charts/cart/snd/values.yaml': values('1.4.0'), 'charts/cart/snd/.luban': record },
        ...{ 'charts/shop/snd/values.yaml': values('11.4.0'), 'charts/shop/snd/.luban': record },
      },
    });

    const { outputs } = await world.run('verify', { gitopsRepoUrl, environments: ['snd'], failOnFindings: false });

    const at = { folder: 'charts/cart/snd', since: entry.at };
    expect(outputs['environments']).toMatchObject([
      { images: [{ application: 'cart', image, state: 'deployed', tag: '1.4.0', ...at }] },
    ]);
    expect(outputs['findings']).toEqual([`snd shop: ${image} was removed; 1.4.0 is recorded`]);
  });

  test('is refused for an environment that it does not have', async () => {
    const gitopsRepoUrl = await world.repository('no-production', { main: { a: 'a' }, develop: bothOverlays(image) });

    const error = await failureOf(world.run('verify', { gitopsRepoUrl }));

    expect(error).toMatchObject({
      name: 'InputError',
      message: `${gitopsRepoUrl} has no overlay of prd on main, so nothing is known of prd`,
    });
  });
});
