import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { describe, expect, test } from 'vitest';
import { killedAtWrite } from '../killed-run.ts';
import { endOf, outputsOf, podsOf } from '../nodes-of.ts';
import { setUpState } from '../set-up-state.ts';

/** Milliseconds for a dozen pods on a busy machine. */
const patience = 600_000;
const template = 'luban-app-setup-template';
const parameters = { project_name: 'payment', app_name: 'cart-service', git_organization: 'metasync' };
const production = { ...parameters, environment: 'prd' };
const succeeded = ['Succeeded', undefined];
const repositories = ['cart-service', 'cart-service-gitops'];

const setUp = (project: LocalProject, given: Record<string, string>) => project.run(template, given, 'luban-ci');
const stateOf = (project: LocalProject) => setUpState(project, repositories);
const cleanProject = () => localProject({ namespaces: [], repositories: false });

describe('app setup', { timeout: patience }, () => {
  test('sets up one environment and then the other, and each a second time without a change', async () => {
    await using project = await cleanProject();

    const sandbox = await setUp(project, { ...parameters, requested_by: 'ada@example.com' });
    const live = await setUp(project, production);
    const made = await stateOf(project);
    const again = [await setUp(project, parameters), await setUp(project, production)];

    const pods = ['gitops-repo(0)', 'argocd-application(0)', 'source-repo(0)'];
    expect([sandbox, live, ...again].map(endOf)).toEqual([succeeded, succeeded, succeeded, succeeded]);
    expect(podsOf(sandbox).toSorted()).toEqual(pods.map((pod) => `${pod} Succeeded`).toSorted());
    expect(pods.map((pod) => outputsOf(sandbox, pod)['changed'])).toEqual(['true', 'true', 'true']);
    expect(pods.map((pod) => outputsOf(live, pod)['changed'])).toEqual(['false', 'true', 'false']);
    expect(again.flatMap((run) => pods.map((pod) => outputsOf(run, pod)['changed']))).toEqual(Array(6).fill('false'));
    expect(outputsOf(live, 'argocd-application(0)')).toMatchObject({ argocd_application: 'prd-cart-service' });
    expect(await stateOf(project)).toEqual(made);
    expect(await project.git('cart-service', ['log', '--format=%an <%ae>', 'main'])).toBe('ada <ada@example.com>');
  });

  test('leaves a source repository alone where it is not asked for, and a dry run changes nothing at all', async () => {
    await using project = await cleanProject();
    const without = { ...parameters, setup_source_repo: 'no' };

    const planned = await setUp(project, { ...parameters, dry_run: 'true' });
    const nothing = await project.tools.forge.getRepository({ owner: 'metasync', repository: 'cart-service-gitops' });
    const run = await setUp(project, without);

    expect([planned, run].map(endOf)).toEqual([succeeded, succeeded]);
    expect(nothing).toBeUndefined();
    expect(JSON.parse(outputsOf(planned, 'gitops-repo(0)')['changed_objects'] ?? '')).toHaveLength(6);
    expect(podsOf(run)).toEqual(['gitops-repo(0) Succeeded', 'argocd-application(0) Succeeded']);
    expect(await project.tools.forge.getRepository({ owner: 'metasync', repository: 'cart-service' })).toBeUndefined();
  });

  test('comes to the same end when it is killed and repeated', async () => {
    await using clean = await cleanProject();
    await using project = await cleanProject();
    await setUp(clean, parameters);
    const wanted = await stateOf(clean);

    // When the repository is there, its branches, its entry in the cluster; among the two steps that follow; before the first commit.
    const kills: boolean[] = [];
    for (const write of [1, 3, 2, 2, 1]) kills.push(await killedAtWrite(project, { template, parameters }, write));
    const last = await setUp(project, parameters);

    expect(kills).toEqual([true, true, true, true, true]);
    expect(endOf(last)).toEqual(succeeded);
    expect(await stateOf(project)).toEqual(wanted);
  });
});
