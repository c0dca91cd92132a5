import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { StepContract } from '@luban-ci/core';

/**
 * The contracts of all step folders, in the order of their names. A folder with a `step.ts` is a step; its name has to
 * be the contract's id, because it is also the name of the action, the template and the page.
 */
export async function findContracts(stepsFolder: string): Promise<StepContract[]> {
  const entries = await readdir(stepsFolder, { withFileTypes: true, recursive: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name === 'step.ts').map((entry) => entry.parentPath);
  return Promise.all(
    files.sort().map(async (folder) => {
      const { step } = (await import(pathToFileURL(join(folder, 'step.ts')).href)) as { step: StepContract };
      if (!folder.endsWith(`/${step.id}`)) throw new Error(`the step in ${folder} calls itself ${step.id}`);
      return step;
    }),
  );
}
