import { readdir } from 'node:fs/promises';
import { InputError, StepError } from '@luban-ci/core';
import { capturedLog, type FileTree, temporaryFolder } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const image = 'registry.example/payment/cart';
const listed = (tag: string, name = image): string => `images:\n  - name: ${name}\n    newTag: ${tag}\n`;
const pod = (reference: string): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec:\n  containers:\n    - {name: c, image: "${reference}"}\n`;

/** Many applications; `main` has what `develop` has, too. What is of another branch's environment is a leftover there. */
const platform: Record<string, FileTree> = {
  develop: {
    'apps/cart/base/pod.yaml': pod(image),
    'apps/cart/overlays/snd/kustomization.yaml': listed('"1.10"'),
    'apps/cart/overlays/prd/kustomization.yaml': listed('leftover'),
    'apps/shop/overlays/snd/values.yaml': `sidecar: {image: "${image}:0.9"}\n`,
    'apps/worker/overlays/snd/kustomization.yaml': listed('1', `${image}-worker`),
    'README.md': `We use ${image}:1.\n`,
  },
  main: {
    'apps/cart/overlays/prd/kustomization.yaml': listed('1.9.2'),
    'apps/cart/overlays/snd/kustomization.yaml': listed('leftover'),
  },
};

test('every place is told with its environment, application and version, and nothing else', async () => {
  const gitopsRepoUrl = await world.repository('platform', platform);
  const tip = async (branch: string): Promise<string> => (await world.git('platform', ['rev-parse', branch])).trim();
  const log = capturedLog();

  const result = await world.run('find-image', { gitopsRepoUrl, image }, { log: log.log });

  const container = { layout: 'manifest', at: 'spec.containers[0].image' };
  const place = (branch: string, application: string, file: string) => ({ branch, application, file, document: 0 });
  const kustomize = { layout: 'kustomize', at: 'images[0]' };
  const snd = { ...place('develop', 'cart', 'apps/cart/overlays/snd/kustomization.yaml'), ...kustomize };
  const prd = { ...place('main', 'cart', 'apps/cart/overlays/prd/kustomization.yaml'), ...kustomize };
  expect(result).toEqual({
    changed: false,
    outputs: {
      places: [
        { ...place('develop', 'cart', 'apps/cart/base/pod.yaml'), ...container },
        { ...snd, environment: 'snd', tag: '1.10' },
        {
          ...place('develop', 'shop', 'apps/shop/overlays/snd/values.yaml'),
          ...{ layout: 'helm', at: 'sidecar.image', environment: 'snd', tag: '0.9' },
        },
        { ...place('main', 'cart', 'apps/cart/base/pod.yaml'), ...container },
        { ...prd, environment: 'prd', tag: '1.9.2' },
      ],
      files: [
        'develop:apps/cart/base/pod.yaml',
        'develop:apps/cart/overlays/snd/kustomization.yaml',
        'develop:apps/shop/overlays/snd/values.yaml',
        'main:apps/cart/base/pod.yaml',
        'main:apps/cart/overlays/prd/kustomization.yaml',
      ],
      notes: [],
      commits: [
        { branch: 'develop', commit: await tip('develop') },
        { branch: 'main', commit: await tip('main') },
      ],
      fetched: 10,
    },
    summary: `${image} is named 5 times, by 2 applications in 3 versions`,
  });
  expect(log.text()).toContain('snd  cart  1.10   apps/cart/overlays/snd/kustomization.yaml: images[0] (kustomize)');
});

test('asked again, nothing is fetched, and another image is found in what was kept', async () => {
  await using folder = await temporaryFolder();
  const gitopsRepoUrl = await world.repository('platform-kept', platform);
  const ask = (name: string) =>
    world.run('find-image', { gitopsRepoUrl, image: name, environments: ['snd'], cacheFolder: folder.at('kept') });

  const first = await ask(image);
  const second = await ask(image);
  const other = await ask(`${image}-worker`);

  expect(second).toEqual({ ...first, outputs: { ...first.outputs, fetched: 0 } });
  expect(other).toMatchObject({
    outputs: { files: ['develop:apps/worker/overlays/snd/kustomization.yaml'], fetched: 0 },
  });
  expect(await readdir(folder.at('kept'))).toHaveLength(1);
});

test('a file that nobody can read is said, and hides no other', async () => {
  const broken = { 'apps/a/overlays/snd/values.yaml': `image: ${image}:1\n  bad: [\n` };
  const tree = { ...platform['develop'], ...broken };
  const gitopsRepoUrl = await world.repository('platform-broken', { develop: tree, main: platform['main'] ?? {} });

  const { outputs } = await world.run('find-image', { gitopsRepoUrl, image, environments: ['snd'] });

  expect(outputs).toMatchObject({
    files: [
      'develop:apps/cart/base/pod.yaml',
      'develop:apps/cart/overlays/snd/kustomization.yaml',
      'develop:apps/shop/overlays/snd/values.yaml',
    ],
    notes: [expect.stringMatching(/^develop: apps\/a\/overlays\/snd\/values\.yaml names .* and cannot be read: /)],
  });
});

test('an image that nothing names is no failure', async () => {
  const gitopsRepoUrl = await world.repository('platform-other', platform);

  const result = await world.run('find-image', { gitopsRepoUrl, image: 'registry.example/nobody' });

  expect(result).toMatchObject({
    outputs: { places: [], files: [] },
    summary: 'nothing names registry.example/nobody',
  });
});

test('an environment that nobody knows is refused, and so is a repository without its branches', async () => {
  const gitopsRepoUrl = await world.repository('elsewhere', { trunk: { a: 'a' } });

  const unknown = await failureOf(world.run('find-image', { gitopsRepoUrl, image, environments: ['moon'] }));
  const branchless = await failureOf(world.run('find-image', { gitopsRepoUrl, image }));

  expect(unknown).toBeInstanceOf(InputError);
  expect(branchless).toBeInstanceOf(StepError);
  expect(branchless).toMatchObject({ message: `${gitopsRepoUrl} has no branch develop, main` });
});
