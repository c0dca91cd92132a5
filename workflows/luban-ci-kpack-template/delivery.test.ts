import { readFile } from 'node:fs/promises';
import { localProject } from '@luban-ci/gitops-utils/testing';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { endOf, fieldsNamedIn, outputsOf, podsOf } from '../nodes-of.ts';

/** Milliseconds for a handful of pods on a busy machine. */
const patience = 120_000;
const template = 'luban-ci-kpack-template';
const Spec = z.object({
  spec: z.object({
    activeDeadlineSeconds: z.number().optional(),
    templates: z.array(
      z.object({
        name: z.string(),
        inputs: z
          .object({ parameters: z.array(z.object({ name: z.string(), value: z.string().optional() })).optional() })
          .optional(),
      }),
    ),
  }),
});
const refs = ['for-each-ref', '--format=%(refname) %(objectname)'];
/** With this the clients inside the steps try again at once. */
const headers = { 'retry-after': '0' };

test('upstream-R18: a build ends by its own deadline, with its own words, before its workflow does', async () => {
  const [pipeline, steps] = await Promise.all(['luban-ci-kpack-template', 'luban-steps-v1'].map(specOf));

  const build = steps?.templates.find(({ name }) => name === 'build-image');
  const deadline = build?.inputs?.parameters?.find(({ name }) => name === 'deadline_seconds');

  expect(Number(deadline?.value)).toBeGreaterThan(0);
  expect(Number(deadline?.value)).toBeLessThan(pipeline?.activeDeadlineSeconds ?? 0);
});

async function specOf(workflow: string) {
  const text = await readFile(new URL(`../${workflow}/template.yaml`, import.meta.url), 'utf8');
  return Spec.parse(parse(text)).spec;
}

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

  test('tries again after the registry has failed', async () => {
    await using project = await localProject();
    const parameters = { repo_url: project.place.sourceUrl, project_name: 'payment', app_name: 'cart-service' };
    const failures = Array(4).fill({ status: 500, headers }); // as often as the client inside the step asks
    project.proxy.setFault(({ method, target }) =>
      method === 'PUT' && target.includes('/cart-service/manifests/') ? failures.pop() : undefined,
    );

    const done = await project.run(template, parameters);

    expect(endOf(done)).toEqual(['Succeeded', undefined]);
    expect(podsOf(done).slice(0, 3)).toEqual([
      'build-image(0) Failed',
      'build-image(1) Succeeded',
      'deploy-image(0) Succeeded',
    ]);
    expect(project.clock.slept).toEqual([5000]);
  });

  test('refuses hostile parameters by name, and changes nothing', async () => {
    await using project = await localProject();
    const parameters = { repo_url: project.place.sourceUrl, project_name: 'payment', app_name: 'cart-service' };
    const before = await project.snapshot();
    const hostile: Record<string, string>[] = [
      { app_name: '../x' },
      { project_name: 'p'.repeat(80) },
      { sub_path: '../../..' },
      { tag: '$(touch hacked)' },
      { revision: '`touch hacked`"{{workflow.uid}}' },
    ];

    for (const each of hostile) project.submit(template, { ...parameters, ...each });
    await project.cluster.settled();

    const ended = project.cluster.workflows('snd-payment');
    expect(ended.map((each) => endOf(each)[0])).toEqual(hostile.map(() => 'Failed'));
    expect(ended.map((each) => podsOf(each)[0])).toEqual(hostile.map(() => 'build-image(0) Failed'));
    expect(fieldsNamedIn(project.said())).toEqual(['app_name', 'image_tag', 'project_name', 'revision', 'sub_path']);
    expect(await project.snapshot()).toEqual(before);
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
