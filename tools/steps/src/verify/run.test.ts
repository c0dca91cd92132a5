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
      environments: [
        {
          environment: 'snd',
          branch: 'develop',
          commit: await tip('develop'),
          images: [{ image, tag: '1.0.0', digest, sourceCommit: revision, since: '2026-01-02T03:04:05.000Z' }],
        },
        {
          environment: 'prd',
          branch: 'main',
          commit: await tip('main'),
          images: [{ image: 'quay.io/luban-ci/luban-hello-world-py', tag: 'latest' }],
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
    await world.commit('by-hand', 'develop', { [sandbox]: overlay(image, lines) });

    const error = await failureOf(world.run('verify', { gitopsRepoUrl }));
    const told = await world.run('verify', { gitopsRepoUrl, environments: ['snd'], failOnFindings: false });

    expect(error).toMatchObject({ name: 'StepError', message: expect.stringContaining(`snd: ${finding}`) });
    expect(told.outputs).toMatchObject({ sound: false, findings: [`snd: ${finding}`] });
    expect(JSON.stringify(told.outputs['environments']).includes(digest)).toBe(what.startsWith('another image'));
  });

  test('is named: an image that was removed, and one that was never recorded', async () => {
    await world.commit('by-hand', 'develop', { [sandbox]: 'images:\n  - name: other/image\n    newTag: "1"\n' });

    const { outputs } = await world.run('verify', { gitopsRepoUrl, environments: ['snd'], failOnFindings: false });

    expect(outputs['findings']).toEqual([
      'snd: other/image at 1 was never recorded',
      `snd: ${image} was removed; 1.0.0@${digest} is recorded`,
    ]);
  });
});
