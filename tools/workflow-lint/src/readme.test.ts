import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ruleReasons } from './rule-reasons.ts';

it('lists every rule with its reason in the README', async () => {
  const readme = await readFile(new URL('../README.md', import.meta.url), 'utf8');
  const rows = Object.entries(ruleReasons).map(([rule, reason]) => `| \`${rule}\` | ${reason} |`);

  const printed = readme.split('<!-- rules -->\n')[1]?.split('\n<!-- /rules -->')[0];

  expect(printed).toBe(['| rule | why |', '|---|---|', ...rows].join('\n'));
});
