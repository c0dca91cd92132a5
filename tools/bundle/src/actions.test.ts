import { fieldsOf, inputShapeOf, inStyle } from '@luban-ci/core';
import { loadStep, stepIds } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { runAction } from './transcript/run-action.ts';

test.for(stepIds)('the action %s names every input that it misses, as inputs of an action', async (id) => {
  await using workspace = await temporaryFolder();
  const { contract } = await loadStep(id);
  const required = fieldsOf(inputShapeOf(contract, capabilities)).filter((field) => field.required);

  const ended = await runAction(id, { inputs: {}, workspace: workspace.path });

  const named = required.map((field) => inStyle(field.name, 'kebab')).filter((name) => ended.stdout.includes(name));
  expect({ exitCode: ended.exitCode, named }).toEqual({
    exitCode: 2,
    named: required.map((field) => inStyle(field.name, 'kebab')),
  });
  expect(ended.stdout).toContain('::error::');
});
