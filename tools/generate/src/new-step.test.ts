import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { findContracts } from './find-contracts.ts';
import { generatedFiles } from './generated-files.ts';

/** All of a new step: the contract refers to zod by its place, as a temporary folder has no packages. */
const files = {
  'say-hello/step.ts': `import { z } from '${import.meta.resolve('zod')}';

export const step = {
  id: 'say-hello',
  summary: 'Greets somebody.',
  inputs: z.object({ personName: z.string().default('Ada').describe('Who is greeted.') }),
  outputs: z.object({ greeting: z.string().describe('What was said.') }),
  needs: ['git'],
  writes: true,
  examples: [{ title: 'Ada', inputs: { personName: 'Ada' } }],
};
`,
};

test('a new step is one folder: action, template, component, page and table entry follow from it', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, files);

  const generated = generatedFiles(await findContracts(folder.path));

  expect(
    Object.keys(generated)
      .filter((path) => path.includes('say-hello'))
      .sort(),
  ).toEqual([
    'actions/say-hello/README.md',
    'actions/say-hello/action.yml',
    'actions/say-hello/src/main.ts',
    'docs/reference/steps/say-hello.md',
    'templates/say-hello.yml',
  ]);
  expect(generated['actions/say-hello/action.yml']).toContain('person-name');
  expect(generated['workflows/luban-steps-v1/template.yaml']).toContain('name: say-hello');
  expect(generated['tools/steps/src/step-table.generated.ts']).toContain("import('./say-hello/run.ts')");
  expect(generated['docs/reference/steps.md']).toContain('say-hello');
});

test('a step that calls itself otherwise than its folder is refused', async () => {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'wave/step.ts': files['say-hello/step.ts'] });

  await expect(findContracts(folder.path)).rejects.toThrow('calls itself say-hello');
});
