import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { StepContract } from '@luban-ci/core';
import { describeStep } from './described-step.ts';
import type { GeneratedFiles } from './generated-files.ts';
import { stepPage } from './targets/step-page.ts';
import { workflowPage } from './targets/workflow-page.ts';

/** The pages that people write and whose tables are printed: of steps, and of composed workflows. */
export async function pages(root: string, contracts: readonly StepContract[]): Promise<GeneratedFiles> {
  const files: GeneratedFiles = {};
  for (const contract of contracts) {
    const path = `tools/steps/src/${contract.id}/README.md`;
    files[path] = stepPage(await readFile(join(root, path), 'utf8'), describeStep(contract), path);
  }
  for (const name of await composedWorkflows(root)) {
    const path = `workflows/${name}/README.md`;
    const template = await readFile(join(root, 'workflows', name, 'template.yaml'), 'utf8');
    files[path] = workflowPage(await readFile(join(root, path), 'utf8'), template, path);
  }
  return files;
}

async function composedWorkflows(root: string): Promise<string[]> {
  const entries = await readdir(join(root, 'workflows'), { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory() && entry.name !== 'luban-steps-v1').map(({ name }) => name);
}
