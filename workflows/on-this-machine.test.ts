import { fileURLToPath } from 'node:url';
import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { endOf, outputsOf, podsOf } from './nodes-of.ts';

/** Milliseconds for a handful of pods on a busy machine. */
const patience = 120_000;
const succeeded = ['Succeeded', undefined];

describe('the examples run on this machine, in the order of a delivery', { timeout: patience }, () => {
  let project: LocalProject;
  beforeAll(async () => {
    project = await localProject();
  }, patience);
  afterAll(() => project[Symbol.asyncDispose]());
  const run = (name: string): Promise<Workflow> =>
    project.runFile(fileURLToPath(new URL(`${name}/example.yaml`, import.meta.url)));

  test('luban-pipeline-dispatcher-template finds out what was pushed, and its pipeline delivers it', async () => {
    const revision = await project.git('cart-service', ['rev-parse', 'main']);

    const dispatcher = await run('luban-pipeline-dispatcher-template');

    const pipelines = project.cluster.workflows('snd-payment');
    expect(endOf(dispatcher)).toEqual(succeeded);
    expect(podsOf(dispatcher)).toEqual(['resolve-source(0) Succeeded', 'submit-workflow(0) Succeeded']);
    expect(outputsOf(dispatcher, 'resolve-source')).toMatchObject({ project_name: 'payment', revision, skip: 'false' });
    expect(outputsOf(dispatcher, 'submit-workflow')).toMatchObject({
      workflow: pipelines[0]?.metadata.name,
      namespace: 'snd-payment',
      changed: 'true',
    });
    expect(pipelines.map(endOf)).toEqual([succeeded]);
  });

  test('luban-ci-kpack-template builds, deploys and reports', async () => {
    const revision = await project.commit('Something new');

    const pipeline = await run('luban-ci-kpack-template');

    const built = { revision, image_tag: revision, built: 'true', changed: 'true' };
    expect(endOf(pipeline)).toEqual(succeeded);
    expect(podsOf(pipeline)).toEqual([
      'build-image(0) Succeeded',
      'deploy-image(0) Succeeded',
      'report-status(0) Succeeded',
    ]);
    expect(outputsOf(pipeline, 'build-image')).toMatchObject(built);
    expect(outputsOf(pipeline, 'deploy-image')).toMatchObject({
      commit: await project.git('cart-service-gitops', ['rev-parse', 'develop']),
      deploy_env: 'snd',
      superseded: 'false',
    });
    expect(outputsOf(pipeline, 'report-status')).toEqual({ changed: 'true', state: 'success' });
  });

  test('luban-promotion-template opens the pull request', async () => {
    const promotion = await run('luban-promotion-template');

    expect(endOf(promotion)).toEqual(succeeded);
    expect(podsOf(promotion)).toEqual(['promote(0) Succeeded']);
    expect(outputsOf(promotion, 'promote')).toMatchObject({
      url: `${project.playground.url}/metasync/cart-service-gitops/pulls/1`,
      number: '1',
      state: 'open',
      changed: 'true',
    });
  });

  test('luban-steps-v1 verifies what was deployed', async () => {
    const verified = await run('luban-steps-v1');

    expect(endOf(verified)).toEqual(succeeded);
    expect(podsOf(verified)).toEqual(['verify(0) Succeeded']);
    expect(outputsOf(verified, 'verify')).toMatchObject({ sound: 'true', findings: '[]' });
  });
});
