import type { Field } from '@luban-ci/core';
import { isDryRun, readEnvironment } from '../environment-inputs.ts';
import type { GivenInputs, Surroundings } from '../host.ts';

/** The component hands its inputs over as variables; secrets come from the project's masked variables of the same name. */
export async function readInputs(fields: readonly Field[], around: Surroundings): Promise<GivenInputs> {
  return {
    values: readEnvironment(fields, around.env),
    dryRun: isDryRun(around.env),
    workspace: around.env['CI_PROJECT_DIR'] || around.cwd,
  };
}
