import { readdir, readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { readConfigMap } from '@luban-ci/conventions';
import { InputError, StepError } from '@luban-ci/core';
import { readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, runStep } from '../testing/run-step.fixture.ts';

const cases = join(import.meta.dirname, 'cases');
const names = await readdir(cases);
const set = { path: 'app', image: 'quay.io/payment/cart-service', imageTag: '2.0.0' };

/** A flat map of texts. */
function dataIn(name: string, file: string): Promise<Record<string, string>> {
  return readConfigMap(join(cases, name, file));
}

/** What a case says of its run: the outputs, or how it is refused. */
async function outcomeOf(name: string, workspace: string): Promise<Record<string, unknown>> {
  const run = runStep('kustomize-set-image', await dataIn(name, 'inputs.yaml'), { workspace });
  return run.then(
    ({ changed, outputs }) => ({ changed: String(changed), ...JSON.parse(JSON.stringify(outputs)) }),
    (error: unknown) => {
      if (!(error instanceof InputError || error instanceof StepError)) throw error;
      return { refused: error.name, message: error.message };
    },
  );
}

describe('kustomize-set-image', () => {
  test.each(names)('case %s', async (name) => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, await readTree(join(cases, name, 'before')));

    const outcome = await outcomeOf(name, folder.path);

    const expected = await dataIn(name, 'outputs.yaml');
    const message = expect.stringContaining(expected['message'] ?? '');
    expect(outcome).toEqual('refused' in expected ? { ...expected, message } : expected);
    expect(await readTree(folder.path)).toEqual(await readTree(join(cases, name, 'after')));
  });

  test.each(names.filter((name) => !name.startsWith('refused')))(
    'case %s a second time changes nothing',
    async (name) => {
      await using folder = await temporaryFolder();
      await writeTree(folder.path, await readTree(join(cases, name, 'after')));

      const { changed } = await outcomeOf(name, folder.path);

      expect(changed).toBe('false');
      expect(await readTree(folder.path)).toEqual(await readTree(join(cases, name, 'after')));
    },
  );

  test('a dry run writes nothing and shows the difference with its path', async () => {
    await using folder = await temporaryFolder();
    const before = await readTree(join(cases, 'tag-only', 'before'));
    await writeTree(folder.path, before);

    const { changed, diff } = await runStep('kustomize-set-image', set, { workspace: folder.path, dryRun: true });

    expect(changed).toBe(false);
    expect(diff).toContain('+++ b/app/kustomization.yaml\n');
    expect(diff).toContain('-    newTag: 1.0.0\n+    newTag: 2.0.0\n');
    expect(await readTree(folder.path)).toEqual(before);
  });

  test('a symbolic link is not written through', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'outside/kustomization.yaml': 'images: []\n', 'workspace/here': '' });
    await symlink(folder.at('outside'), folder.at('workspace', 'app'));

    const error = await failureOf(runStep('kustomize-set-image', set, { workspace: folder.at('workspace') }));

    expect(error).toMatchObject({ name: 'StepError', message: expect.stringContaining('symbolic link') });
    expect(await readFile(folder.at('outside', 'kustomization.yaml'), 'utf8')).toBe('images: []\n');
  });

  test('a version has to be given', async () => {
    const error = await failureOf(runStep('kustomize-set-image', { image: 'app' }));

    expect(error).toMatchObject({ name: 'InputError' });
  });
});
