import { InputError } from '@luban-ci/core';

/**
 * Runs what names parameters of its own when they are bad, and lets the error name the step's inputs instead, because
 * those are what a person can change.
 *
 * @param names the step's input by the other's parameter: `{ branch: 'gitopsBranch' }`
 */
export async function namingInputs<T>(names: Readonly<Record<string, string>>, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    const fields = error.fields.map((each) => ({ ...each, field: names[each.field] ?? each.field }));
    throw new InputError(error.message, fields, { hint: error.hint, cause: error });
  }
}
