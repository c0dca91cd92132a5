import { inStyle } from '@luban-ci/core';

/** An input of a GitLab component: `repo-url`. */
export function spell(field: string): string {
  return inStyle(field, 'kebab');
}
