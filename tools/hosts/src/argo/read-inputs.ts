import type { Field } from '@luban-ci/core';
import { isDryRun, readEnvironment } from '../environment-inputs.ts';
import type { GivenInputs, Surroundings } from '../host.ts';

/** Parameters arrive as variables: a template hands every one over, and an empty one means that it was not given. */
export async function readInputs(fields: readonly Field[], around: Surroundings): Promise<GivenInputs> {
  return {
    values: readEnvironment(fields, around.env),
    dryRun: isDryRun(around.env),
    workspace: around.env['LUBAN_WORKSPACE'] || around.cwd,
  };
}
