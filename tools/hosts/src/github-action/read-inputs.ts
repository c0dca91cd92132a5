import { getInput } from '@actions/core';
import type { Field } from '@luban-ci/core';
import { readEnvironment } from '../environment-inputs.ts';
import type { GivenInputs, Surroundings } from '../host.ts';
import { valueOfText } from '../text-value.ts';
import { spell } from './spell.ts';

/** Inputs of `with:`; secrets may also stand in the environment, as `LUBAN_<INPUT>`. An empty input was not given. */
export async function readInputs(fields: readonly Field[], around: Surroundings): Promise<GivenInputs> {
  const given = fields.flatMap((field) => {
    const text = getInput(spell(field.name));
    return text === '' ? [] : [[field.name, valueOfText(field, text)] as const];
  });
  return {
    values: { ...readEnvironment(fields, around.env), ...Object.fromEntries(given) },
    dryRun: valueOfText({ kind: 'boolean' }, getInput('dry-run')) === true,
    workspace: around.env['GITHUB_WORKSPACE'] || around.cwd,
  };
}
