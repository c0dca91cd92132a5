import type { Workflow } from '@luban-ci/argo-workflows-schema';
import type { LocalProject } from '@luban-ci/gitops-utils/testing';
import { createKube } from '@luban-ci/kube/client';
import { describe, expect, test } from 'vitest';
import { endOf, outputsOf, podsOf } from '../nodes-of.ts';
import { projectWithNamespaces } from '../project-with-namespaces.ts';
import { setUpState } from '../set-up-state.ts';

/** Milliseconds for some dozens of pods on a busy machine. */
const patience = 1_800_000;
const platformTemplate = 'luban-dagster-platform-setup-template';
const locationTemplate = 'luban-dagster-code-location-setup-template';
const dbtTemplate = 'luban-dagster-dbt-starrocks-code-location-setup-template';
const platform = { project_name: 'data', git_organization: 'metasync' };
const location = { ...platform, app_name: 'etl-jobs' };
const inProduction = { environment: 'prd' };
const namespaces = ['snd-data', 'prd-data'];
const succeeded = ['Succeeded', undefined];
const platformGitops = { owner: 'metasync', repository: 'dagster-platform-gitops' };
const repositories = ['dagster-platform', 'dagster-platform-gitops', 'etl-jobs', 'etl-jobs-gitops'];

const platformPods = ['database-password(0)', 'gitops-repo(0)', 'argocd-application(0)', 'source-repo(0)'];
const locationPods = ['gitops-repo(0)', 'argocd-application(0)', 'register-location(0)', 'source-repo(0)'];

const setUp = (project: LocalProject, template: string, given: Record<string, string>) =>
  project.run(template, given, 'luban-ci');

const changedIn = (run: Workflow, pods: readonly string[]): string[] =>
  pods.map((pod) => outputsOf(run, pod)['changed'] ?? 'none');

async function passwordOf(project: LocalProject, env: string): Promise<unknown> {
  const kube = createKube({ kubeconfig: project.kubeconfig });
  const name = 'dagster-platform-postgresql';
  return (await kube.read({ apiVersion: 'v1', kind: 'Secret', name, namespace: `${env}-data` }))?.['data'];
}

const workspaceOf = (project: LocalProject, branch: string, env: string): Promise<string> =>
  project.git(platformGitops.repository, ['show', `${branch}:app/overlays/${env}/workspace.yaml`]);

async function mergeFirstRequest({ tools: { forge } }: LocalProject): Promise<void> {
  const request = await forge.getChangeRequest(platformGitops, 1);
  await forge.mergeChangeRequest(platformGitops, 1, { expectedHead: request?.head ?? '', method: 'merge' });
  await forge.deleteBranch(platformGitops, request?.source ?? '');
}

describe('Dagster setup', { timeout: patience }, () => {
  test('a platform and a code location are set up in snd and then in prd, and each again without a change', async () => {
    await using project = await projectWithNamespaces(namespaces);
    const both = async (more: Record<string, string> = {}): Promise<[Workflow, Workflow]> => [
      await setUp(project, platformTemplate, { ...platform, ...more }),
      await setUp(project, locationTemplate, { ...location, ...more, requested_by: 'ada@example.com' }),
    ];

    const sandbox = await both();
    const passwords = await passwordOf(project, 'snd');
    const again = await both();
    const live = await both(inProduction);
    await mergeFirstRequest(project);
    const made = await setUpState(project, repositories);
    const afterwards = await both(inProduction);

    const all = [...sandbox, ...again, ...live, ...afterwards];
    expect(all.map(endOf), project.said()).toEqual(all.map(() => succeeded));
    expect(podsOf(sandbox[0]).toSorted()).toEqual(platformPods.map((pod) => `${pod} Succeeded`).toSorted());
    expect(podsOf(sandbox[1])).toEqual(locationPods.map((pod) => `${pod} Succeeded`));
    expect([changedIn(sandbox[0], platformPods), changedIn(sandbox[1], locationPods)]).toEqual([
      ['true', 'true', 'true', 'true'],
      ['true', 'true', 'true', 'true'],
    ]);
    expect([changedIn(again[0], platformPods), changedIn(again[1], locationPods)]).toEqual([
      ['false', 'false', 'false', 'false'],
      ['false', 'false', 'false', 'false'],
    ]);
    expect([changedIn(live[0], platformPods), changedIn(live[1], locationPods)]).toEqual([
      ['true', 'false', 'true', 'false'],
      ['false', 'true', 'true', 'false'],
    ]);
    const pullRequestUrl = `${project.playground.url}/metasync/dagster-platform-gitops/pulls/1`;
    expect(outputsOf(live[1], 'register-location(0)')).toMatchObject({ pull_request_url: pullRequestUrl });
    expect(afterwards.flatMap((run) => changedIn(run, [...new Set([...platformPods, ...locationPods])]))).not.toContain(
      'true',
    );
    expect(passwords).toEqual({ 'postgresql-password': expect.any(String) });
    expect(await passwordOf(project, 'snd')).toEqual(passwords);
    expect(await passwordOf(project, 'prd')).not.toEqual(passwords);
    expect(await workspaceOf(project, 'main', 'prd')).toContain('host: etl-jobs.prd-data.svc.cluster.local\n');
    expect(await setUpState(project, repositories)).toEqual(made);
  });

  test('dbt on StarRocks gets its own manifests and sources, and a dry run changes nothing at all', async () => {
    await using project = await projectWithNamespaces(namespaces);
    const models = { ...platform, app_name: 'sales-models', default_env: 'development' };
    await setUp(project, platformTemplate, { ...platform, setup_source_repo: 'no', setup_password: 'no' });

    const planned = await setUp(project, dbtTemplate, { ...models, dry_run: 'true' });
    const nothing = await project.tools.forge.getRepository({ owner: 'metasync', repository: 'sales-models-gitops' });
    const run = await setUp(project, dbtTemplate, models);

    expect([planned, run].map(endOf)).toEqual([succeeded, succeeded]);
    expect(nothing).toBeUndefined();
    expect(await passwordOf(project, 'snd')).toBeUndefined();
    const shown = (repository: string, path: string): Promise<string> => project.git(repository, ['show', path]);
    expect(await shown('sales-models-gitops', 'main:app/overlays/prd/config.properties')).toContain(
      'DBT_TARGET=production\n',
    );
    expect(await shown('sales-models', 'main:dbt_project/profiles.yml')).toContain(
      `target: "{{ env_var('DBT_TARGET', 'development') }}"`,
    );
    expect(await workspaceOf(project, 'develop', 'snd')).toContain('location_name: sales-models');
  });
});
