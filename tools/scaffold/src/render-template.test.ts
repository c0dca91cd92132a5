import { fileURLToPath } from 'node:url';
import { InputError } from '@luban-ci/core';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { renderTemplate } from './render-template.ts';

const templates = fileURLToPath(new URL('../../../gitops-template/', import.meta.url));

async function rendered(folder: string, values: Record<string, string> = {}): Promise<Record<string, string>> {
  const { root, files } = await renderTemplate(folder, values);
  return Object.fromEntries(files.map((file) => [`${root}/${file.path}`, Buffer.from(file.content).toString()]));
}

test('a variable reaches paths and texts, and a default may use the variables before it', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'cookiecutter.json': '{"app_name": "cart-service", "package": "{{ cookiecutter.app_name|replace(\'-\', \'_\') }}"}',
    '{{cookiecutter.app_name}}/src/{{cookiecutter.package}}.py': 'name = "{{ cookiecutter.app_name }}"\n\n',
  });

  expect(await rendered(folder.path)).toEqual({ 'cart-service/src/cart_service.py': 'name = "cart-service"\n\n' });
  expect(await rendered(folder.path, { app_name: 'shop' })).toEqual({ 'shop/src/shop.py': 'name = "shop"\n\n' });
});

test('binary files are copied as they are, and the executable bit is told', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'cookiecutter.json': '{"app": "x"}',
    '{{cookiecutter.app}}/data.bin': '\0{{ cookiecutter.app }}',
  });

  const { files } = await renderTemplate(folder.path, {});

  expect(files.map((file) => [Buffer.from(file.content).toString(), file.isExecutable])).toEqual([
    ['\0{{ cookiecutter.app }}', false],
  ]);
});

test('unknown variables and values that are no choice are refused together', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, {
    'cookiecutter.json': '{"app": "x", "size": ["small", "big"]}',
    '{{cookiecutter.app}}/a': '',
  });

  const failure = await renderTemplate(folder.path, { ap: 'y', size: 'huge' }).catch((error) => error);

  expect(failure).toBeInstanceOf(InputError);
  expect(failure.fields).toEqual([
    { field: 'ap', expected: 'no such variable; the template has app, size' },
    { field: 'size', expected: 'expected one of small, big' },
  ]);
});

test.each([
  ['a value that would leave the folder', { app: '../../etc' }, {}, /would become/],
  ['hooks', {}, { 'hooks/post_gen_project.py': 'print(1)' }, /brings hooks/],
  ['an undefined name', {}, { '{{cookiecutter.app}}/b': '{{ cookiecutter.nothing }}' }, /b cannot be rendered/],
  [
    'a filter that is not Jinja’s',
    {},
    { '{{cookiecutter.app}}/b': '{{ cookiecutter.app|shell }}' },
    /filter not found: shell/,
  ],
  ['settings of cookiecutter itself', {}, { 'cookiecutter.json': '{"app": "x", "_extensions": []}' }, /not supported/],
])('%s is refused', async (_, values, files, sentence) => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'cookiecutter.json': '{"app": "x"}', '{{cookiecutter.app}}/a': 'a', ...files });

  await expect(renderTemplate(folder.path, values)).rejects.toThrow(sentence);
});

test('the shipped application template names its parts after project and application', async () => {
  const files = await rendered(`${templates}luban-gitops-template`, { project_name: 'data', app_name: 'etl' });

  expect(Object.keys(files)).toContain('etl-gitops/app/overlays/prd/kustomization.yaml');
  expect(files['etl-gitops/app/overlays/snd/kustomization.yaml']).toContain('namespace: snd-data\n');
  expect(files['etl-gitops/app/base/deployment.yaml']).toContain('serviceAccountName: etl\n');
});
