import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createNodes } from './plugin.ts';

test('a workflow has an edge to every template it refers to, and an action to host and steps', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'workflows/pipeline/template.yaml': [
      'spec:',
      '  templates:',
      '    - steps:',
      '        - - name: build',
      '            templateRef: { name: luban-steps-v1, template: build-image, clusterScope: true }',
      '          - name: part',
      '            templateRef: { name: other, template: part }',
    ].join('\n'),
  });
  const files = [
    'workflows/pipeline/template.yaml',
    'workflows/luban-steps-v1/template.yaml',
    'actions/checkout/action.yml',
  ];

  const [, create] = createNodes;
  const nodes = await create(files, undefined, { workspaceRoot: folder.path, nxJsonConfiguration: {} });

  expect(Object.assign({}, ...nodes.map(([, { projects }]) => projects))).toEqual({
    'workflows/pipeline': {
      name: 'workflow-pipeline',
      implicitDependencies: ['workflow-luban-steps-v1', 'workflow-other'],
    },
    'workflows/luban-steps-v1': { name: 'workflow-luban-steps-v1', implicitDependencies: ['@luban-ci/steps'] },
    'actions/checkout': { name: 'action-checkout', implicitDependencies: ['@luban-ci/hosts', '@luban-ci/steps'] },
  });
});
