import type { BadField } from '@luban-ci/core';

/** What files of `KEY=VALUE` lines say together, and what is wrong with them. */
export interface EnvValues {
  values: ReadonlyMap<string, string>;
  issues: BadField[];
}

const assignment = /^(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=(.*)$/;

/**
 * Reads files of `KEY=VALUE` lines. A value is taken as it stands, with every `$`, quote, backslash and `#` in it; only a pair
 * of quotes around the whole of it is left out, and a carriage return at its end. Empty lines, and lines that begin with
 * `#`, say nothing.
 *
 * @param files text by name
 */
export function readEnvFiles(files: ReadonlyMap<string, string>): EnvValues {
  const values = new Map<string, string>();
  const issues: BadField[] = [];
  for (const [name, text] of files) {
    for (const [index, raw] of text
      .replace(/^\uFEFF/, '')
      .split('\n')
      .entries()) {
      const line = raw.replace(/\r$/, '').trim();
      if (line === '' || line.startsWith('#')) continue;
      const [, key, value = ''] = assignment.exec(line) ?? [];
      const field = `${name}:${index + 1}`;
      if (key === undefined) issues.push({ field, expected: 'expected KEY=VALUE' });
      else if (values.has(key) && values.get(key) !== unquoted(value)) {
        issues.push({ field, expected: `expected one value for ${key}, which was given before` });
      } else values.set(key, unquoted(value));
    }
  }
  return { values, issues };
}

function unquoted(value: string): string {
  const [, , inner] = /^(["'])(.*)\1$/.exec(value) ?? [];
  return inner ?? value;
}
