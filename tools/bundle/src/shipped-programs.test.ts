import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { stepIds } from '@luban-ci/steps';
import { expect, test } from 'vitest';
import { buildBundle, noticesFile } from './build-bundle.ts';
import { bundles } from './bundles.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const command = await buildBundle(root, bundles.command);

/** Everything that is loaded before the first line of a program runs. */
function loadedWith(files: Readonly<Record<string, string>>, name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const imports = (files[name] ?? '').matchAll(/(?<!=>\s*)\brequire\(["'`]\.\/(?<file>[^"'`]+)["'`]\)/g);
  for (const { groups } of imports) loadedWith(files, groups?.['file'] ?? '', seen);
  return seen;
}

test('each action points to a program that is there', async () => {
  const mains = await Promise.all(
    stepIds.map(async (id) => {
      const description = await readFile(join(root, `actions/${id}/action.yml`), 'utf8');
      return /^ {2}main: (?<main>.+)$/m.exec(description)?.groups?.['main'];
    }),
  );

  expect(mains).toEqual(stepIds.map((id) => `../dist/${id}.mjs`));
  expect(await readdir(join(root, 'actions/dist'))).toEqual(expect.arrayContaining(stepIds.map((id) => `${id}.mjs`)));
});

test('the command begins with what every step needs, and with nothing that only some do', () => {
  const loaded = [...loadedWith(command, 'main.cjs')].sort();

  expect(loaded).toEqual(['chunk-base.cjs', 'chunk-rolldown-runtime.cjs', 'main.cjs']);
});

test('no script of the command imports anything itself, which its loader has no answer to', () => {
  const scripts = Object.entries(command).filter(([name]) => name.endsWith('.cjs'));

  const importing = scripts.filter(([, text]) => /(^|[^\w.])import\s*\(/m.test(text)).map(([name]) => name);

  expect(scripts.length).toBeGreaterThan(50);
  expect(importing).toEqual([]);
});

test('the scripts of the command are ASCII, as their loader reads them', () => {
  const scripts = Object.entries(command).filter(([name]) => name.endsWith('.cjs'));

  expect(scripts.filter(([, text]) => /[^\p{ASCII}]/u.test(text)).map(([name]) => name)).toEqual([]);
  expect(command['chunk-base.cjs']).toContain(String.raw`\u2717`);
});

test('the program that loads the scripts keeps what is compiled of them under a name for their content', () => {
  expect(command['luban.mjs']).toMatch(/scripts-[\w${}".]*[0-9a-f]{16}/);
});

test('a part of the bundle tells no path of the machine that made it, and the command has nothing of an action', () => {
  const text = Object.values(command).join('\n');

  expect(text).not.toContain(root);
  expect(text).not.toContain('@actions/core');
});

test('the notices name every package with its terms', () => {
  const named = (command[noticesFile] ?? '').matchAll(
    /^(?<name>(?:@[\w-]+\/)?[\w.-]+) [\d.]+ \((?<license>[^)]+)\)$/gm,
  );

  const packages = Object.fromEntries([...named].map(({ groups }) => [groups?.['name'], groups?.['license']]));

  expect(packages).toMatchObject({
    '@kubernetes/client-node': 'Apache-2.0',
    yaml: 'ISC',
    zod: 'MIT',
    zx: 'Apache-2.0',
  });
});
