import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { LubanConfig } from '@luban-ci/conventions';
import { fieldsOf, inputShapeOf } from '@luban-ci/core';
import { loadStep } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import { expect, test } from 'vitest';
import { repositoryRoot } from '../repository-folders.ts';
import { provisionerCommands, provisionerVariables, templateKinds } from './command-table.ts';
import { provisionerPage } from './page.ts';

test('the page says what the table does', async () => {
  await expect(provisionerPage()).toMatchFileSnapshot(join(repositoryRoot, 'docs/reference/luban-provisioner.md'));
});

test('every command of the original is there', () => {
  const words = provisionerCommands.map((command) => command.words);

  expect(words).toEqual([
    ...['config', 'project', 'gitops', 'source', 'promote', 'dagster register-location'],
    ...['infra ci init', 'infra cd init', 'infra ci update', 'infra cd update'],
  ]);
});

test.each(provisionerCommands)('every option of $words means something that there is', async ({ steps, options }) => {
  const shapes = await Promise.all(
    steps.map(async (step) => inputShapeOf((await loadStep(step)).contract, capabilities)),
  );
  const inputs = shapes.flatMap((shape) => fieldsOf(shape).map(({ name }) => name));

  const unknown = options.filter(({ means }) => {
    if ('input' in means) return !inputs.includes(means.input);
    return 'config' in means && !isKey(means.config);
  });

  expect(unknown.map(({ name }) => name)).toEqual([]);
  expect(new Set(options.map(({ name }) => name)).size).toBe(options.length);
});

function isKey(pattern: string): boolean {
  return pattern.replace('<provider>', 'azure') in LubanConfig.shape;
}

test('variables are keys, and kinds are templates that ship', async () => {
  const templates = Object.values(templateKinds).flatMap((kinds) => Object.values(kinds));

  const shipped = await readdir(join(repositoryRoot, 'gitops-template'));

  expect(Object.values(provisionerVariables).filter((key) => !isKey(key))).toEqual([]);
  expect(templates.filter((name) => !shipped.includes(name))).toEqual([]);
});
