import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { createKube } from '@luban-ci/kube/client';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { endOf, outputsOf, podsOf } from '../nodes-of.ts';

/** Milliseconds for a dozen pods on a busy machine. */
const patience = 600_000;
const template = 'luban-app-setup-template';
const parameters = { project_name: 'payment', app_name: 'cart-service', git_organization: 'metasync' };
const production = { ...parameters, environment: 'prd' };
const succeeded = ['Succeeded', undefined];
const repositories = ['cart-service', 'cart-service-gitops'];

const setUp = (project: LocalProject, given: Record<string, string>) => project.run(template, given, 'luban-ci');
const cleanProject = () => localProject({ namespaces: [], repositories: false });

/** What a forge and a cluster have of an application, without what differs between two of them: ids, times, addresses. */
async function stateOf(project: LocalProject): Promise<unknown> {
  const kube = createKube({ kubeconfig: project.kubeconfig });
  const config = await kube.read({
    ...{ apiVersion: 'v1', kind: 'ConfigMap', name: 'luban-repositories', namespace: 'luban-ci' },
  });
  const applications = await kube.list({
    ...{ apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', namespace: 'argocd' },
  });
  const objects = applications.map(({ metadata: { name, labels, annotations }, spec }) => {
    return { name, labels, annotations, spec };
  });
  const forge = await Promise.all(repositories.map((name) => repositoryState(project, name)));
  const text = JSON.stringify({ registered: config?.['data'], objects, forge });
  const hooks = /http:\/\/127\.0\.0\.1:\d+\/gitea\/push/g;
  return JSON.parse(text.replaceAll(hooks, 'hook').replaceAll(new URL(project.place.url).host, 'here'));
}

const Hooks = z.array(z.object({ config: z.unknown(), events: z.array(z.string()), active: z.boolean() }));

async function repositoryState({ tools: { forge }, git, place }: LocalProject, repository: string): Promise<unknown> {
  const name = { owner: place.organization, repository };
  const branches = (await forge.listBranches(name)).map((each) => each.name).toSorted();
  const hooks = await fetch(`${place.url}/api/v1/repos/metasync/${repository}/hooks`, {
    headers: { authorization: `token ${place.token}` },
  });
  const about = await forge.getRepository(name);
  return {
    description: about?.description,
    defaultBranch: about?.defaultBranch,
    hooks: Hooks.parse(await hooks.json()),
    branches: await Promise.all(
      branches.map(async (branch) => ({
        branch,
        files: await git(repository, ['grep', '-e', '', branch]),
        commits: await git(repository, ['log', '--format=%an <%ae>%n%B', branch]),
        protection: await forge.getProtection(name, branch),
      })),
    ),
  };
}

/** Kills a run at its n-th call of the forge or the cluster that may write; what it still tries does not arrive. */
async function killedAtWrite(project: LocalProject, given: Record<string, string>, n: number): Promise<void> {
  let writes = 0;
  const { metadata } = project.submit(template, given, 'luban-ci');
  project.proxy.setFault(({ method, target }) => {
    if (method === 'GET' || method === 'HEAD' || target.endsWith('/git-upload-pack')) return undefined;
    writes += 1;
    if (writes < n) return undefined;
    project.cluster.api.store.find('luban-ci', metadata.name ?? '')?.terminate();
    return { reset: writes === n ? 'after' : 'before' };
  });
  await project.cluster.settled();
  project.proxy.setFault(undefined);
  expect(writes).toBeGreaterThanOrEqual(n);
}

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
    for (const write of [1, 3, 2, 2, 1]) await killedAtWrite(project, parameters, write);
    const last = await setUp(project, parameters);

    expect(endOf(last)).toEqual(succeeded);
    expect(await stateOf(project)).toEqual(wanted);
  });
});
