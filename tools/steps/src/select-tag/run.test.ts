import { capturedLog } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { bothOverlays, overlay, sandbox } from '../testing/overlays.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
let image: string;
let digests: Record<string, string>;
beforeAll(async () => {
  world = await deliveryWorld();
  image = `${world.playground.registry}/payment/cart`;
  digests = {};
  for (const tag of ['1.4.0', '1.4.1', '2.0.0', 'main-0a-10', 'main-0b-9', 'latest']) {
    digests[tag] = await world.image(`${image}:${tag}`, tag);
  }
});
afterAll(() => world[Symbol.asyncDispose]());

describe('a tag', () => {
  test('of a range is chosen with its digest, and the story says why', async () => {
    const log = capturedLog();

    const result = await world.run('select-tag', { image, range: '^1.4' }, { log: log.log });

    const explanation = [
      '1.4.1 is the highest version of ^1.4, of 2 that may be chosen among 6',
      '1.4.1 is a higher version than 1.4.0, which is next',
      '3 left out: no semantic version (latest for one)',
      '1 left out: outside ^1.4 (2.0.0)',
    ];
    const digest = digests['1.4.1'];
    const reference = `${image}:1.4.1@${digest}`;
    expect(result).toEqual({
      changed: false,
      outputs: { found: true, image, imageTag: '1.4.1', digest, reference, runnerUp: '1.4.0', explanation },
      summary: `${image}: ${explanation[0]}`,
    });
    expect(log.text().trim().split('\n')).toEqual(explanation.slice(1).map((each) => expect.stringContaining(each)));
  });

  test('is what the next step takes', async () => {
    const tree = bothOverlays(image);
    const gitopsRepoUrl = await world.repository('selected', { main: tree, develop: tree });

    const { outputs } = await world.run('select-tag', {
      image,
      policy: 'numerical',
      pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$',
      extract: '$ts',
    });
    const { imageTag, digest } = outputs;
    await world.run('deploy-image', {
      gitopsRepoUrl,
      projectName: 'payment',
      appName: 'cart',
      image,
      imageTag,
      digest,
    });

    expect(await world.file('selected', 'develop', sandbox)).toBe(overlay(image, 'newTag: main-0a-10'));
  });

  test.each([
    [{ policy: 'alphabetical', order: 'descending' }, '1.4.0'],
    [{ policy: 'alphabetical' }, 'main-0b-9'],
    [{ policy: 'digest', imageTag: 'latest' }, 'latest'],
    [{ range: '*', platforms: ['linux/amd64'] }, '2.0.0'],
  ])('is chosen by %j: %s', async (inputs, tag) => {
    const { outputs } = await world.run('select-tag', { image, ...inputs });

    expect(outputs).toMatchObject({ found: true, imageTag: tag, digest: digests[tag] });
  });
});

describe('where no tag may be chosen', () => {
  test('it fails and says what there is', async () => {
    const error = await failureOf(world.run('select-tag', { image, range: '^3' }));

    expect(error).toMatchObject({
      name: 'StepError',
      message: `${image} has no tag to choose: nothing is the highest version of ^3 among 6 tags`,
      hint: '3 left out: no semantic version (latest for one); 3 left out: outside ^3 (1.4.0 for one).',
    });
  });

  test('it says so and goes on, if asked to', async () => {
    const none = await world.run('select-tag', { image: `${image}-none`, range: '*', failOnNone: false });
    const arm = await world.run('select-tag', { image, range: '>1.4', platforms: ['linux/arm64'], failOnNone: false });

    expect(none.outputs).toEqual({ found: false, image: `${image}-none`, explanation: ['there are no tags'] });
    expect(arm.outputs).toMatchObject({
      found: false,
      explanation: [
        'nothing is the highest version of >1.4 among 6 tags',
        '2.0.0 has no image for linux/arm64',
        '3 left out: no semantic version (latest for one)',
        '2 left out: outside >1.4 (1.4.0 for one)',
      ],
    });
  });
});

describe('it is refused, and names the input', () => {
  test.each([
    [{}, 'range'],
    [{ range: 'one' }, 'range'],
    [{ policy: 'digest' }, 'imageTag'],
    [{ policy: 'newest', pattern: '(?=a)' }, 'pattern'],
    [{ policy: 'newest', extract: '$1' }, 'pattern'],
    [{ policy: 'newest', mostLookedInto: 2 }, 'pattern'],
    [{ range: '*', platforms: ['linux'] }, 'platforms'],
  ])('with %j: %s', async (inputs, field) => {
    const error = await failureOf(world.run('select-tag', { image, ...inputs }));

    expect(error).toMatchObject({ name: 'InputError', fields: [{ field }] });
  });
});
