import { inStyle } from '@luban-ci/core';

/** An input as a workflow parameter: `repo_url`. */
export function spell(field: string): string {
  return inStyle(field, 'snake');
}
