import { hasProgram } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { gitlabPlace } from './gitlab-place.ts';
import { deliveryIn, expectedDelivery } from './gitops-changes.ts';
import { exampleOf } from './runner-place.ts';

/** Milliseconds for two dozen jobs on a busy machine. */
const patience = { timeout: 300_000 };
const everyComponent = exampleOf('gitlab/every-component.yml');
const failingJobs = exampleOf('gitlab/failing-jobs.yml');

describe.skipIf(!hasProgram('rsync'))('in a pipeline', () => {
  test('every component does its work in a job, and hands its outputs to later jobs', patience, async () => {
    await using at = await gitlabPlace(everyComponent);

    const run = await at.run();

    expect(Object.entries(run.jobs).filter(([, result]) => result !== 'PASS')).toEqual([]);
    expect([run.exitCode, Object.keys(run.jobs)]).toEqual([0, expect.arrayContaining(['by-hand', 'luban-verify'])]);
    const built = await run.report('luban-build-image');
    expect(built).toEqual({
      ...{ LUBAN_OUTPUT_IMAGE: at.image, LUBAN_OUTPUT_IMAGE_TAG: '1.0.0', LUBAN_OUTPUT_REVISION: at.revision },
      LUBAN_OUTPUT_DIGEST: expect.stringMatching(/^sha256:[0-9a-f]{64}$/),
      ...{ LUBAN_OUTPUT_BUILT: 'true', LUBAN_OUTPUT_CHANGED: 'true' },
    });
    const { LUBAN_OUTPUT_DIGEST: digest } = built;
    expect(await run.report('luban-rollback')).toMatchObject({ LUBAN_OUTPUT_IMAGE_TAG: '1.0.0' });
    expect(await run.report('luban-promote')).toMatchObject({ LUBAN_OUTPUT_STATE: 'merged', LUBAN_OUTPUT_NUMBER: '1' });
    expect(await run.report('luban-submit-workflow')).toMatchObject({ LUBAN_OUTPUT_PHASE: 'Succeeded' });
    expect(await run.report('luban-verify')).toMatchObject({ LUBAN_OUTPUT_SOUND: 'true' });
    expect(await run.report('luban-commit-and-push')).toMatchObject({ LUBAN_OUTPUT_CHANGED: 'false' });
    expect(await run.report('luban-open-pull-request')).toMatchObject({ LUBAN_OUTPUT_NUMBER: '2' });
    expect(await run.said('luban-kustomize-set-image')).toContain('would be set to 1.0.1 in deploy/kustomization.yaml');
    expect(await deliveryIn(at.project)).toEqual(expectedDelivery(at.project, digest));
    expect(run.told).toContain(at.image);
    expect(run.told).not.toContain(at.project.place.token);
  });

  test('a job that fails says what is wrong, and changes nothing', patience, async () => {
    await using at = await gitlabPlace(failingJobs);
    const refs = ['for-each-ref', '--format=%(refname) %(objectname)'];
    const before = await at.project.git('cart-service-gitops', refs);

    const run = await at.run();

    expect([run.exitCode, run.jobs]).toEqual([1, { 'bad-input': 'FAIL', away: 'FAIL', 'dry-run': 'PASS' }]);
    expect(run.exitCodes).toEqual({ 'bad-input': 2, away: 75 });
    expect(await run.said('bad-input')).toContain('deploy-image cannot use 2 of its inputs');
    expect(await run.said('bad-input')).toMatch(/project-name {2}expected .*\n.*digest {8}expected sha256/);
    expect(await run.said('away')).toContain('the server cannot be reached or is busy');
    expect(await run.said('dry-run')).toContain(`${at.image}:1.0.0 would land in snd`);
    expect(await run.report('dry-run')).toMatchObject({ LUBAN_OUTPUT_CHANGED: 'false' });
    expect(await at.project.git('cart-service-gitops', refs)).toBe(before);
  });
});
