import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { readConfigMap } from './config-map.ts';
import { parseRepositories, repositoriesKey, serialiseRepositoriesEntry } from './repositories.ts';

test('a mounted folder, a manifest and a plain map hold the same configuration', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'mounted/registry_server': 'quay.io',
    'mounted/..data/registry_server': 'quay.io',
    'manifest.yaml':
      'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: luban-config}\ndata:\n  registry_server: quay.io\n',
    'plain.json': '{"registry_server": "quay.io"}',
  });

  const read = await Promise.all(
    ['mounted', 'manifest.yaml', 'plain.json'].map((name) => readConfigMap(folder.at(name))),
  );

  expect(read).toEqual([
    { registry_server: 'quay.io' },
    { registry_server: 'quay.io' },
    { registry_server: 'quay.io' },
  ]);
});

test('what is missing or malformed is said with its path', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'list.yaml': '- a\n', 'broken.yaml': 'a: [\n' });

  await expect(readConfigMap(folder.at('absent'))).rejects.toThrow(/There is no configuration at .*absent/);
  await expect(readConfigMap(folder.at('list.yaml'))).rejects.toThrow(/list.yaml is neither/);
  await expect(readConfigMap(folder.at('broken.yaml'))).rejects.toThrow(/broken.yaml is no YAML/);
});

test('an application is registered under its project and name', () => {
  const registered = parseRepositories({
    'payment.cart-service': 'source: https://github.com/metasync/cart-service.git',
  });

  expect(registered).toEqual([
    { project: 'payment', app: 'cart-service', source: 'https://github.com/metasync/cart-service.git' },
  ]);
  expect(() => parseRepositories({ cart: 'source: x' })).toThrow('luban-repositories cannot be used');
});

test('an entry is written as it is read, and the same places are the same bytes', () => {
  const name = { project: 'payment', app: 'cart-service' };
  const places = { source: 'https://github.com/a/cart.git', gitops: 'https://git.example.com/b/deploy.git' };

  const text = serialiseRepositoriesEntry(places);

  expect(text).toBe(`source: ${places.source}\ngitops: ${places.gitops}\n`);
  expect(parseRepositories({ [repositoriesKey(name)]: text })).toEqual([{ ...name, ...places }]);
  expect(serialiseRepositoriesEntry({ source: places.source })).toBe(`source: ${places.source}\n`);
});
