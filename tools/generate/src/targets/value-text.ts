import type { Field } from '@luban-ci/core';
import { textOfValue } from '@luban-ci/hosts';

/** A field's default as the text a template would hand over; none is an empty text, which hosts take as not given. */
export function defaultText(field: Field): string {
  return textOfValue(field.default);
}

/** What a value of the field looks like, in a few words. */
export function kindText(field: Field): string {
  if (field.choices !== undefined) return field.choices.map((choice) => `\`${choice}\``).join(', ');
  return { text: 'text', number: 'number', boolean: '`true`, `false`', choice: 'choice', list: 'list', map: 'map' }[
    field.kind
  ];
}
