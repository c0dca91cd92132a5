import { writeFile } from 'node:fs/promises';
import { loopbackServer } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld, token } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const requestedAt = '2026-01-01T00:00:00Z';

async function registrations(entries: Record<string, string>): Promise<string> {
  const path = world.folder.at(`repositories-${Object.keys(entries).join('-')}.json`);
  await writeFile(path, JSON.stringify(entries));
  return path;
}

async function pushedTo(name: string, message = 'Add the cart', author = 'Ada') {
  const repoUrl = await world.repository(name, {});
  const revision = await world.commit(name, 'main', { 'README.md': `${name}\n` }, message, author);
  return { repoUrl, revision, gitRef: 'refs/heads/main', requestedAt };
}

describe('a push that is built', () => {
  test('upstream-R13: the organisation is the project only as long as nothing is registered', async () => {
    const push = await pushedTo('cart-service');
    const { registry, url } = world.playground;

    const { changed, outputs } = await world.run('resolve-source', push);

    const orderKey = requestedAt;
    expect(changed).toBe(false);
    expect(outputs).toEqual({
      skip: false,
      reason: `metasync/cart-service at ${push.revision}, image tag ${push.revision}`,
      mode: 'commit',
      repoUrl: push.repoUrl,
      gitRef: 'refs/heads/main',
      revision: push.revision,
      projectName: 'metasync',
      appName: 'cart-service',
      namespace: 'snd-metasync',
      image: `${registry}/metasync/cart-service`,
      imageTag: push.revision,
      gitopsRepoUrl: `${url}/metasync/cart-service-gitops.git`,
      orderKey,
      requestId: `${push.repoUrl} refs/heads/main ${push.revision} ${orderKey}`,
      pushId: `127.0.0.1/metasync/cart-service refs/heads/main ${push.revision}`,
      pipelineParameters: {
        repo_url: push.repoUrl,
        revision: push.revision,
        git_ref: 'refs/heads/main',
        project_name: 'metasync',
        app_name: 'cart-service',
        tag: push.revision,
        gitops_repo_url: `${url}/metasync/cart-service-gitops.git`,
        order_key: orderKey,
      },
    });
  });

  test('upstream-R13: a registered application wins, whatever protocol and capitals its address is registered with', async () => {
    const push = await pushedTo('basket');
    const { host, hostname } = new URL(push.repoUrl);
    const source = `ssh://git@${hostname}:2222/Metasync/basket.git`;
    const repositoriesPath = await registrations({
      'payment.cart': `{ source: "${source}", gitops: "${world.playground.url}/payment/places.git" }`,
    });

    const { outputs } = await world.run('resolve-source', { ...push, repositoriesPath });

    expect(outputs).toMatchObject({
      projectName: 'payment',
      appName: 'cart',
      namespace: 'snd-payment',
      image: `${host}/payment/cart`,
      gitopsRepoUrl: `${world.playground.url}/payment/places.git`,
    });
  });

  test('upstream-R14: a tag object is followed to its commit, and gives the image its version', async () => {
    const push = await pushedTo('annotated');
    await world.git('annotated', [
      '-c',
      'user.name=Ada',
      '-c',
      'user.email=a@b',
      'tag',
      '-am',
      'One',
      'v1.0.0',
      'main',
    ]);
    const object = (await world.git('annotated', ['rev-parse', 'refs/tags/v1.0.0'])).trim();

    const { outputs } = await world.run('resolve-source', { ...push, gitRef: 'refs/tags/v1.0.0', revision: object });

    expect(object).not.toBe(push.revision);
    expect(outputs).toMatchObject({ mode: 'tag', revision: push.revision, imageTag: '1.0.0' });
  });

  test.each([
    ['release/1.0', /^release-1\.0-[0-9a-f]{8}$/],
    ['v1.0.0+build.5', /^1\.0\.0-build\.5-[0-9a-f]{8}$/],
    ['value', /^value$/],
  ])('upstream-R17: the git tag %s becomes a tag that registries take', async (tag, expected) => {
    const push = await pushedTo(`tagged-${tag.length}`);
    await world.git(`tagged-${tag.length}`, ['tag', tag, 'main']);

    const { outputs } = await world.run('resolve-source', { ...push, gitRef: `refs/tags/${tag}` });

    expect(outputs['imageTag']).toMatch(expected);
  });

  test('a branch name with what a shell would run is text like any other', async () => {
    const { revision, ...push } = await pushedTo('strange');
    const gitRef = 'refs/heads/$(id)`id`"\'';
    await world.git('strange', ['branch', gitRef.slice('refs/heads/'.length), 'main']);

    const { outputs } = await world.run('resolve-source', { ...push, gitRef });

    expect(outputs).toMatchObject({ gitRef, revision });
  });

  test('without a time of the forge, the time of the dispatch orders the build', async () => {
    const { requestedAt: _, ...push } = await pushedTo('untimed');

    const { outputs } = await world.run('resolve-source', { ...push, dispatchedAt: '2026-01-01T10:00:00Z' });

    expect(outputs['orderKey']).toBe('2026-01-01T10:00:00Z');
  });
});

describe('a push that is skipped', () => {
  test.each([
    ['upstream-R15: a deletion', { revision: '0'.repeat(40) }, 'refs/heads/main was deleted'],
    [
      'upstream-R16: a ref that is no branch and no tag',
      { gitRef: 'refs/pull/1/head' },
      'refs/pull/1/head is neither a branch nor a tag',
    ],
    [
      'upstream-R16: a push to a GitOps repository',
      { repoUrl: 'https://github.com/metasync/cart-service-gitops.git' },
      'metasync/cart-service-gitops is a GitOps repository',
    ],
  ])('%s, without asking anybody', async (_, given, reason) => {
    const push = {
      repoUrl: 'https://github.com/metasync/cart.git',
      gitRef: 'refs/heads/main',
      revision: 'a'.repeat(40),
    };

    const { changed, outputs } = await world.run('resolve-source', { ...push, ...given });

    expect({ changed, outputs }).toEqual({ changed: false, outputs: { skip: true, reason } });
  });

  test('upstream-R16: a GitOps repository of any name, when it is registered as one', async () => {
    const repositoriesPath = await registrations({
      'payment.cart': '{ source: "https://github.com/a/cart", gitops: "https://github.com/a/places" }',
    });
    const push = { repoUrl: 'git@github.com:a/places.git', gitRef: 'refs/heads/main', revision: 'a'.repeat(40) };

    const { outputs } = await world.run('resolve-source', { ...push, repositoriesPath });

    expect(outputs).toEqual({ skip: true, reason: 'a/places is a GitOps repository' });
  });

  test('a commit that asks for it, and one that a bot has made; a release tag is built all the same', async () => {
    const asking = await pushedTo('asking', 'Mend a typo [skip ci]');
    const made = await pushedTo('made-by-bot', 'Bump', 'Luban CI');
    await world.git('asking', ['tag', 'v2', 'main']);

    const skipped = await world.run('resolve-source', asking);
    const byBot = await world.run('resolve-source', made);
    const released = await world.run('resolve-source', { ...asking, gitRef: 'refs/tags/v2' });

    expect(skipped.outputs).toEqual({ skip: true, reason: 'the commit message says [skip ci]' });
    expect(byBot.outputs).toEqual({ skip: true, reason: 'the commit was made by Luban CI' });
    expect(released.outputs).toMatchObject({ skip: false, imageTag: '2' });
  });
});

describe('a push that is refused', () => {
  test('a host that the configuration does not know is refused before anything is sent to it', async () => {
    await using stranger = await loopbackServer((_, response) => response.writeHead(200).end());

    const push = { repoUrl: `${stranger.url}/metasync/cart.git`, gitRef: 'refs/heads/main', revision: 'a'.repeat(40) };
    const error = await failureOf(world.run('resolve-source', { ...push, gitToken: token }));

    expect(error).toMatchObject({ name: 'InputError', fields: [{ field: 'repoUrl' }] });
    expect(stranger.seen).toEqual([]);
  });

  test('a repository of several applications wants the name of one, and takes it', async () => {
    const push = await pushedTo('monorepo');
    const repositoriesPath = await registrations({
      'payment.front': `source: ${push.repoUrl}`,
      'payment.back': `source: ${push.repoUrl}`,
    });

    const unnamed = await failureOf(world.run('resolve-source', { ...push, repositoriesPath }));
    const unknown = await failureOf(world.run('resolve-source', { ...push, repositoriesPath, appName: 'middle' }));
    const named = await world.run('resolve-source', { ...push, repositoriesPath, appName: 'back' });

    const expected = 'expected the name of one of payment/front, payment/back';
    expect(unnamed).toMatchObject({ fields: [{ field: 'appName', expected }] });
    expect(unknown).toMatchObject({ fields: [{ field: 'appName', expected }] });
    expect(named.outputs).toMatchObject({ projectName: 'payment', appName: 'back' });
  });

  test('a name that gives no DNS label says how to help', async () => {
    const push = { gitRef: 'refs/heads/main', revision: 'a'.repeat(40) };
    const repoUrl = `https://github.com/metasync/${'x'.repeat(80)}`;

    const error = await failureOf(world.run('resolve-source', { ...push, repoUrl }));

    expect(error).toMatchObject({
      name: 'InputError',
      fields: [{ field: 'repoUrl' }],
      hint: expect.stringContaining('luban-repositories'),
    });
  });
});
