import { inStyle } from '@luban-ci/core';

/** An input on the command line: `--repo-url`. */
export function spell(field: string): string {
  return `--${inStyle(field, 'kebab')}`;
}
