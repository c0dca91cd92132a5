import { inStyle } from '@luban-ci/core';

/** An input of an action: `repo-url`. */
export function spell(field: string): string {
  return inStyle(field, 'kebab');
}
