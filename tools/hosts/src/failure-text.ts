import { type BadField, hintOf, InputError, messageOf } from '@luban-ci/core';

/** A failure as lines for a person: the sentence, each bad field as this host spells it, and what to do next. */
export function failureLines(error: unknown, spell: (field: string) => string): string[] {
  const hint = hintOf(error);
  const fields = error instanceof InputError ? fieldLines(error.fields, spell) : [];
  return [messageOf(error), ...fields, ...(hint === undefined ? [] : [`→ ${hint}`])];
}

function fieldLines(fields: readonly BadField[], spell: (field: string) => string): string[] {
  const width = Math.max(0, ...fields.map((each) => spell(each.field).length));
  return fields.map((each) => `  ${spell(each.field).padEnd(width)}  ${each.expected}`);
}

/** A failure as data, for whoever reads standard output. */
export function failureData(error: unknown, spell: (field: string) => string): Record<string, unknown> {
  const hint = hintOf(error);
  const fields = error instanceof InputError ? error.fields : [];
  return {
    kind: error instanceof Error ? error.name : 'Error',
    message: messageOf(error),
    ...(hint === undefined ? {} : { hint }),
    ...(fields.length === 0 ? {} : { fields: fields.map((each) => ({ ...each, field: spell(each.field) })) }),
  };
}
