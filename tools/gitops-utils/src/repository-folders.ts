import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What ships beside the code: templates, workflows, examples. */
export const repositoryRoot = fileURLToPath(new URL('../../../', import.meta.url));

/** The workflow templates to run from: those of this folder, else the ones that ship with the product. */
export async function workflowsFolder(cwd: string, given: readonly string[]): Promise<string[]> {
  if (given.length > 0) return [];
  const own = resolve(cwd, 'workflows');
  const isThere = await access(own).then(
    () => true,
    () => false,
  );
  return [isThere ? own : join(repositoryRoot, 'workflows')];
}
