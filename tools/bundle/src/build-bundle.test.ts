import { symlink } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { buildBundle } from './build-bundle.ts';
import { differences, makeContent } from './folder-content.ts';

const sources = {
  'tools/shop/src/main.ts':
    "import { z } from 'zod';\nconst { cart } = await import('./cart.ts');\ncart(z.string());\n",
  'tools/shop/src/cart.ts':
    "import { parse } from 'yaml';\nexport const cart = (of: object): void => parse(String(of));\n",
};
const bundle = { entries: { shop: 'tools/shop/src/main.ts' }, folder: 'build' };

test('the same sources give the same bytes, wherever they lie', async () => {
  const build = async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, sources);
    await symlink(fileURLToPath(new URL('../../../node_modules', import.meta.url)), folder.at('node_modules'));
    return await buildBundle(folder.path, bundle);
  };

  const [here, there] = await Promise.all([build(), build()]);

  expect(here).toEqual(there);
  expect(Object.keys(here)).toContain('shop.mjs');
});

test('scripts are ASCII, and their launcher knows a name for what is in them', async () => {
  const built = async (word: string) => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, {
      'tools/shop/src/main.ts': `globalThis.said = ['${word}', \`\n\`, /${word}/u];\n`,
      'tools/shop/src/open.ts': 'declare const scriptsId: string;\nexport const id = scriptsId;\n',
    });
    const entries = { main: 'tools/shop/src/main.ts' };
    return await buildBundle(folder.path, { entries, launchers: { open: 'tools/shop/src/open.ts' }, folder: 'build' });
  };

  const [first, same, other] = await Promise.all([built('½ ✓ 😀'), built('½ ✓ 😀'), built('✗')]);

  const [said, context] = [first['main.cjs'] ?? '', createContext({})];
  runInContext(said, context);
  expect(said).toMatch(/^\p{ASCII}+$/u);
  expect(runInContext('JSON.stringify([said[0], said[1], said[2].test(said[0])])', context)).toBe(
    JSON.stringify(['½ ✓ 😀', '\n', true]),
  );
  expect(first['open.mjs']).toMatch(/"[0-9a-f]{16}"/);
  expect(same).toEqual(first);
  expect(other['open.mjs']).not.toBe(first['open.mjs']);
});

test('a raw template that an escape would change is refused', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'tools/shop/src/main.ts': 'globalThis.said = String.raw`✓`;\n',
    'tools/shop/src/open.ts': 'export const open = 1;\n',
  });
  const launchers = { open: 'tools/shop/src/open.ts' };

  const building = buildBundle(folder.path, {
    entries: { main: 'tools/shop/src/main.ts' },
    launchers,
    folder: 'build',
  });

  await expect(building).rejects.toThrow('main.cjs has a raw template');
});

test('a folder is made to hold the bundle and nothing else, and is left alone when it does', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'old.mjs': '1', 'same.mjs': '2', 'other.mjs': '3' });
  const wanted = { 'same.mjs': '2', 'other.mjs': '4', 'new.mjs': '5' };

  const stale = await differences(folder.path, wanted);
  const changed = await makeContent(folder.path, wanted);

  expect(stale).toEqual(['new.mjs', 'old.mjs', 'other.mjs']);
  expect(changed).toEqual(stale);
  expect(await makeContent(folder.path, wanted)).toEqual([]);
});

test('a source that cannot be resolved is refused by name', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'tools/shop/src/main.ts': "import './nowhere.ts';\n" });

  await expect(buildBundle(folder.path, bundle)).rejects.toThrow('nowhere.ts');
});
