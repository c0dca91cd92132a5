import { fieldsOf, inputShapeOf, inStyle } from '@luban-ci/core';
import { loadStep, type StepId, stepIds } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { runAction } from './transcript/run-action.ts';

/** Inputs that have to be given, as an action spells them. */
async function requiredOf(id: StepId): Promise<string[]> {
  const { contract } = await loadStep(id);
  const fields = fieldsOf(inputShapeOf(contract, capabilities));
  return fields.filter(({ required }) => required).map(({ name }) => inStyle(name, 'kebab'));
}

const actions = await Promise.all(stepIds.map(async (id) => ({ id, required: await requiredOf(id) })));

test.each(actions.filter(({ required }) => required.length > 0))(
  'the action $id names every input that it misses, as inputs of an action',
  async ({ id, required }) => {
    await using workspace = await temporaryFolder();

    const ended = await runAction(id, { inputs: {}, workspace: workspace.path });

    const named = required.filter((name) => ended.stdout.includes(name));
    expect({ exitCode: ended.exitCode, named }).toEqual({ exitCode: 2, named: required });
    expect(ended.stdout).toContain('::error::');
  },
);
