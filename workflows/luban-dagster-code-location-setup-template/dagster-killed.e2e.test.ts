import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { expect, test } from 'vitest';
import { killedAtWrite } from '../killed-run.ts';
import { endOf } from '../nodes-of.ts';
import { projectWithNamespaces } from '../project-with-namespaces.ts';
import { setUpState } from '../set-up-state.ts';

/** Milliseconds for some sixty pods on a busy machine. */
const patience = 1_800_000;
const succeeded = ['Succeeded', undefined];
const repositories = ['dagster-platform', 'dagster-platform-gitops', 'etl-jobs', 'etl-jobs-gitops'];
const parameters = { project_name: 'data', git_organization: 'metasync' };
const runs = [
  { template: 'luban-dagster-platform-setup-template', parameters },
  { template: 'luban-dagster-code-location-setup-template', parameters: { ...parameters, app_name: 'etl-jobs' } },
];

test('Dagster setup comes to the same end when it is killed and repeated', { timeout: patience }, async () => {
  await using clean = await projectWithNamespaces(['snd-data']);
  await using project = await projectWithNamespaces(['snd-data']);
  for (const { template, parameters: given } of runs) await clean.run(template, given, 'luban-ci');
  const wanted = await setUpState(clean, repositories);

  const kills: number[] = [];
  const last: Workflow[] = [];
  for (const run of runs) {
    // Nobody knows beforehand which step a write belongs to, so they are taken in turn until nothing is left to kill.
    let count = 0;
    for (const write of [1, 2, 3, 1, 2, 3, 1, 2]) {
      if (!(await killedAtWrite(project, run, write))) break;
      count += 1;
    }
    kills.push(count);
    last.push(await project.run(run.template, run.parameters, 'luban-ci'));
  }

  expect(Math.min(...kills)).toBeGreaterThanOrEqual(4);
  expect(last.map(endOf), project.said()).toEqual([succeeded, succeeded]);
  expect(await setUpState(project, repositories)).toEqual(wanted);
});
