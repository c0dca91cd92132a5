import { localProject } from '@luban-ci/gitops-utils/testing';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { endOf, fieldsNamedIn, outputsOf, podsOf } from '../nodes-of.ts';

/** Milliseconds for a handful of pods on a busy machine. */
const patience = 120_000;
const template = 'luban-pipeline-dispatcher-template';

/** What the sensor for Azure DevOps submits. */
function asAzureTells(repoUrl: string, updates: readonly object[]): object {
  const parameters = [
    { name: 'repo_url', value: repoUrl },
    { name: 'ref_updates', value: JSON.stringify(updates) },
    { name: 'requested_at', value: '2026-01-02T03:04:05Z' },
  ];
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { generateName: 'luban-ci-dispatch-', namespace: 'luban-ci' },
    spec: { entrypoint: 'dispatch-each', workflowTemplateRef: { name: template }, arguments: { parameters } },
  };
}

describe('the dispatcher', { timeout: patience }, () => {
  test('submits one pipeline for an event that arrives twice', async () => {
    await using project = await localProject();
    const revision = await project.git('cart-service', ['rev-parse', 'main']);
    const event = {
      repo_url: project.place.sourceUrl,
      revision,
      git_ref: 'refs/heads/main',
      requested_at: '2026-01-02T03:04:05Z',
    };

    const first = await project.run(template, event, 'luban-ci');
    const second = await project.run(template, event, 'luban-ci');

    const submitted = outputsOf(first, 'submit-workflow');
    expect(submitted['changed']).toBe('true');
    expect(outputsOf(second, 'submit-workflow')).toMatchObject({ workflow: submitted['workflow'], changed: 'false' });
    expect(project.cluster.workflows('snd-payment').map(endOf)).toEqual([['Succeeded', undefined]]);
  });

  test('submits one pipeline for each ref that a push updated, and none for a branch that it deleted (upstream-R15)', async () => {
    await using project = await localProject();
    const newObjectId = await project.git('cart-service', ['rev-parse', 'main']);
    const oldObjectId = '0'.repeat(40);
    const updates = [
      { name: 'refs/heads/main', oldObjectId, newObjectId },
      { name: 'refs/heads/release', oldObjectId, newObjectId },
      { name: 'refs/heads/gone', oldObjectId: newObjectId, newObjectId: oldObjectId },
    ];
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'push.json': JSON.stringify(asAzureTells(project.place.sourceUrl, updates)) });

    const ended = await project.runFile(folder.at('push.json'));

    const pipelines = project.cluster.workflows('snd-payment');
    const refs = pipelines.flatMap(({ spec }) => spec?.arguments?.parameters?.filter(({ name }) => name === 'git_ref'));
    expect(endOf(ended)[0]).toBe('Succeeded');
    expect(refs.map((each) => each?.value).sort()).toEqual(['refs/heads/main', 'refs/heads/release']);
  });

  test('says that the namespace of the project is missing', async () => {
    await using project = await localProject({ namespaces: [] });

    const failed = await project.run(
      template,
      { repo_url: project.place.sourceUrl, git_ref: 'refs/heads/main' },
      'luban-ci',
    );

    expect(podsOf(failed)).toEqual(['resolve-source(0) Succeeded', 'submit-workflow(0) Failed']);
    expect(project.said()).toMatch(/^There is no namespace snd-payment\n→ Set the project up first/m);
  });

  test('ends with a clear error on hostile events, and changes nothing', async () => {
    await using project = await localProject();
    const { sourceUrl: repo_url, url } = project.place;
    const before = await project.snapshot();
    const hostile: Record<string, string>[] = [
      { repo_url: `${url}/metasync/$(touch hacked).git` },
      { repo_url, git_ref: 'refs/heads/`touch hacked`"\'' },
      { repo_url, revision: '--upload-pack=touch hacked' },
      { repo_url, app_name: '../x' },
      { repo_url, app_name: 'a'.repeat(80) },
      { repo_url, app_name: '{{workflow.uid}}' },
    ];

    for (const event of hostile) project.submit(template, event, 'luban-ci');
    await project.cluster.settled();

    const ended = project.cluster.workflows('luban-ci');
    expect(ended.map((each) => endOf(each)[0])).toEqual(hostile.map(() => 'Failed'));
    expect(ended.map(podsOf)).toEqual(hostile.map(() => ['resolve-source(0) Failed']));
    expect(project.cluster.workflows('snd-payment')).toEqual([]);
    expect(await project.snapshot()).toEqual(before);
    expect(fieldsNamedIn(project.said())).toEqual(['app_name', 'git_ref', 'repo_url', 'revision']);
  });
});
