import { localProject } from '@luban-ci/gitops-utils/testing';
import { describe, expect, test } from 'vitest';
import { endOf, outputsOf, podsOf } from '../nodes-of.ts';

/** Milliseconds for a handful of pods on a busy machine. */
const patience = 120_000;
const template = 'luban-ci-kpack-template';
const refs = ['for-each-ref', '--format=%(refname) %(objectname)'];
/** With this the clients inside the steps try again at once. */
const headers = { 'retry-after': '0' };

describe('the pipeline', { timeout: patience }, () => {
  test('changes nothing the second time, and re-tags a release by its digest', async () => {
    await using project = await localProject();
    const parameters = { repo_url: project.place.sourceUrl, project_name: 'payment', app_name: 'cart-service' };
    const first = await project.run(template, parameters);
    const before = await project.snapshot();

    const second = await project.run(template, parameters);
    const afterSecond = await project.snapshot();
    const release = await project.run(template, { ...parameters, git_ref: 'refs/tags/v1.0.0' });

    const added = Object.keys(await project.snapshot()).filter((path) => !(path in afterSecond));
    expect(outputsOf(first, 'build-image')).toMatchObject({ built: 'true', changed: 'true' });
    expect(outputsOf(second, 'build-image')).toMatchObject({ built: 'false', changed: 'false' });
    expect(outputsOf(second, 'deploy-image')['changed']).toBe('false');
    expect(afterSecond).toEqual(before);
    expect(outputsOf(release, 'build-image')).toEqual({
      ...outputsOf(first, 'build-image'),
      image_tag: '1.0.0',
      built: 'false',
    });
    expect(added.map((path) => path.replace(/^.*\//, ''))).toEqual(['1.0.0']);
  });

  test('lands beside another pipeline on the same branch, and a third waits for its place', async () => {
    await using project = await localProject();
    const parameters = { repo_url: project.place.sourceUrl, project_name: 'payment', app_name: 'cart-service' };
    const revisions = [await project.commit('One'), await project.commit('Two'), await project.commit('Three')];
    const environments = ['snd', 'prd', 'snd'];
    const start = await project.git('cart-service-gitops', ['rev-parse', 'develop']);

    for (const [at, revision] of revisions.entries())
      project.submit(template, {
        ...parameters,
        revision,
        deploy_env: environments[at] ?? '',
        gitops_branch: 'develop',
      });
    await project.cluster.settled();

    const landed = await project.git('cart-service-gitops', ['log', '--format=%s', `${start}..develop`]);
    expect(project.cluster.workflows('snd-payment').map(endOf)).toEqual(Array(3).fill(['Succeeded', undefined]));
    expect(landed.split('\n').sort()).toEqual(
      revisions.map((revision, at) => `Deploy cart-service ${revision} to ${environments[at]}`).sort(),
    );
    expect(mostAtOnce(project.events)).toBe(2);
  });

  test('tries again while the registry fails, then ends with a clear error and nothing half-written', async () => {
    await using project = await localProject();
    const parameters = { repo_url: project.place.sourceUrl, project_name: 'payment', app_name: 'cart-service' };
    const before = await project.git('cart-service-gitops', refs);
    project.proxy.setFault(({ method, target }) =>
      method === 'PUT' && target.includes('/cart-service/manifests/') ? { status: 500, headers } : undefined,
    );

    const failed = await project.run(template, parameters);
    const images = Object.keys(await project.snapshot()).filter((path) => /payment.*(manifests|tags)/.test(path));
    const after = await project.git('cart-service-gitops', refs);
    project.proxy.setFault(undefined);
    const repaired = await project.run(template, parameters);

    expect(endOf(failed)[0]).toBe('Failed');
    expect(podsOf(failed)).toEqual([
      ...[0, 1, 2, 3, 4].map((attempt) => `build-image(${attempt}) Failed`),
      'report-status(0) Succeeded',
    ]);
    expect(project.clock.slept).toEqual([5000, 10_000, 20_000, 40_000]);
    expect(project.said()).toMatch(/^Writing .*\/payment\/cart-service@sha256:\w+ failed: the registry answered 500$/m);
    expect([images, after]).toEqual([[], before]);
    expect(endOf(repaired)).toEqual(['Succeeded', undefined]);
  });

  test('says so when it may not write, and changes nothing', async () => {
    const guest = { name: 'guest', token: 'token-of-the-guest' };
    await using project = await localProject({ users: [guest], runAs: guest });
    const parameters = { repo_url: project.place.sourceUrl, project_name: 'payment', app_name: 'cart-service' };
    const before = await project.git('cart-service-gitops', refs);

    const failed = await project.run(template, parameters);

    expect(endOf(failed)[0]).toBe('Failed');
    expect(podsOf(failed).slice(0, 2)).toEqual(['build-image(0) Succeeded', 'deploy-image(0) Failed']);
    expect(project.said()).toMatch(/^.*cart-service-gitops.*\n→ .*(token|push|allowed|may)/m);
    expect(await project.git('cart-service-gitops', refs)).toBe(before);
  });
});

/** How many workflows had a pod running at the same time, at most. */
function mostAtOnce(events: Awaited<ReturnType<typeof localProject>>['events']): number {
  const running = new Map<string, string>();
  return Math.max(
    ...events.map((event) => {
      if (event.type !== 'node' || event.node.type !== 'Pod') return running.size;
      if (event.node.phase === 'Running') running.set(event.node.id, event.workflow);
      else running.delete(event.node.id);
      return new Set(running.values()).size;
    }),
  );
}
