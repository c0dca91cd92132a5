import { type Field, inStyle } from '@luban-ci/core';
import { valueOfText } from './text-value.ts';

/** The variable that carries an input: `repoUrl` is `LUBAN_REPO_URL`. */
export function variableOf(field: string): string {
  return `LUBAN_${inStyle(field, 'screaming-snake')}`;
}

/** Inputs that stand in the environment. An empty variable counts as not given: templates cannot leave one out. */
export function readEnvironment(
  fields: readonly Field[],
  env: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const given = fields.flatMap((field) => {
    const text = env[variableOf(field.name)];
    return text === undefined || text === '' ? [] : [[field.name, valueOfText(field, text)] as const];
  });
  return Object.fromEntries(given);
}

/** Whether the environment asks for a dry run. */
export function isDryRun(env: Readonly<Record<string, string | undefined>>): boolean {
  return valueOfText({ kind: 'boolean' }, env['LUBAN_DRY_RUN'] ?? '') === true;
}
