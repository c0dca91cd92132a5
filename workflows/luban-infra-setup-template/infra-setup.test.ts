import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { describe, expect, test } from 'vitest';
import { killedAtWrite } from '../killed-run.ts';
import { endOf, outputsOf, podsOf } from '../nodes-of.ts';
import { setUpState } from '../set-up-state.ts';

/** Milliseconds for a dozen pods on a busy machine. */
const patience = 600_000;
const succeeded = ['Succeeded', undefined];
const repositories = ['luban-infra-ci', 'luban-infra-cd'];
const setUp = {
  template: 'luban-infra-setup-template',
  parameters: { git_organization: 'metasync', requested_by: 'ada@example.com' },
};
const update = {
  template: 'infra-repo-update-template',
  parameters: { ...setUp.parameters, project_name: 'payment', admin_groups: '["payment-leads"]' },
};

const run = (project: LocalProject, { template, parameters }: typeof setUp, more: Record<string, string> = {}) =>
  project.run(template, { ...parameters, ...more }, 'luban-ci');
/** Argo CD's file names the address, which differs between two forges, and so does its id in the record. */
const stateOf = async (project: LocalProject): Promise<unknown> => {
  const text = JSON.stringify(await setUpState(project, repositories));
  return JSON.parse(text.replaceAll(/(argocd\.yaml: )[0-9a-f]{40}/g, '$1here'));
};
const cleanProject = () => localProject({ namespaces: [], repositories: false });

async function overlaysOf(project: LocalProject, repository: string): Promise<string[]> {
  const paths = await project.git(repository, ['ls-tree', '-r', '--name-only', 'main', 'overlays/']);
  return [...new Set(paths.split('\n').flatMap((path) => /^overlays\/([^/]+)\//.exec(path)?.[1] ?? []))];
}

describe('infra repositories', { timeout: patience }, () => {
  test('are set up, get the overlays of a project and lose them, and each a second time without a change', async () => {
    await using project = await cleanProject();

    const planned = await run(project, setUp, { dry_run: 'true' });
    const nothing = await project.tools.forge.getRepository({ owner: 'metasync', repository: 'luban-infra-ci' });
    const made = await run(project, setUp);
    const updated = await run(project, update);
    const state = await stateOf(project);
    const again = [await run(project, setUp), await run(project, update)];

    const pods = ['git-project(0) Succeeded', 'ci-repo(0) Succeeded', 'cd-repo(0) Succeeded'];
    expect([planned, made, updated, ...again].map(endOf)).toEqual(Array(5).fill(succeeded));
    expect(nothing).toBeUndefined();
    expect(podsOf(made).toSorted()).toEqual(pods.toSorted());
    expect(podsOf(updated)).toEqual(Array(3).fill('update-infra-repo(0) Succeeded'));
    expect(['ci-repo(0)', 'cd-repo(0)'].map((pod) => outputsOf(made, pod)['changed'])).toEqual(['true', 'true']);
    expect(await stateOf(project)).toEqual(state);
    // Builds run in the sandbox's namespace here, which luban-infra-ci has.
    expect(await Promise.all(repositories.map((name) => overlaysOf(project, name)))).toEqual([
      ['snd-payment'],
      ['prd-payment'],
    ]);
    expect(await project.git('luban-infra-ci', ['log', '--format=%an %s', 'main'])).toBe(
      'ada Set up the overlay of snd-payment\nada Begin with infra-ci-base',
    );

    const removed = await run(project, update, { remove: 'true' });
    const gone = await run(project, update, { remove: 'true' });

    expect([removed, gone].map(endOf)).toEqual([succeeded, succeeded]);
    expect(await Promise.all(repositories.map((name) => overlaysOf(project, name)))).toEqual([[], []]);
  });

  test('come to the same end when their runs are killed and repeated', async () => {
    await using clean = await cleanProject();
    await using project = await cleanProject();
    await run(clean, setUp);
    await run(clean, update);
    const wanted = await stateOf(clean);

    // When a repository is there; before and after a first commit; before and after an overlay.
    const kills: boolean[] = [];
    for (const write of [1, 2, 2]) kills.push(await killedAtWrite(project, setUp, write));
    const made = await run(project, setUp);
    for (const write of [1, 1]) kills.push(await killedAtWrite(project, update, write));
    const updated = await run(project, update);

    expect(kills.slice(0, 2)).toEqual([true, true]);
    expect(kills.slice(3)).toContain(true);
    expect([made, updated].map(endOf)).toEqual([succeeded, succeeded]);
    expect(await stateOf(project)).toEqual(wanted);
  });
});
