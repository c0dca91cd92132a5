import { glob, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadCatalog, readCatalog } from '@luban-ci/argo-local';
import type { Intervention, Submission } from './submission.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));

/** What somebody does from outside to a workflow that waits for it, by the workflow's name. */
const interventions: Readonly<Record<string, Intervention>> = {
  'suspend-until-resumed': { node: 'suspend-until-resumed[0].approve', command: 'resume', values: { who: 'ada' } },
  'stopped-while-it-runs': { node: 'stopped-while-it-runs[0].long', command: 'stop' },
  'terminated-while-it-runs': { node: 'terminated-while-it-runs.long', command: 'terminate' },
};

/** The workflows in the folder beside this file, and what they find around them, also as YAML. */
export async function readOwn(): Promise<{ submissions: Submission[]; surroundings: string }> {
  const surroundings = await readFile(`${folder}surroundings.yaml`, 'utf8');
  const catalog = readCatalog(surroundings, 'surroundings.yaml');
  const files = (await Array.fromAsync(glob('workflows/*.yaml', { cwd: folder }))).sort();
  const { workflows } = await loadCatalog(files.map((file) => `${folder}${file}`));
  const submissions = workflows.map((workflow): Submission => {
    const name = workflow.metadata.name ?? '';
    const intervention = interventions[name];
    return { name, workflow, catalog, ...(intervention === undefined ? {} : { intervention }) };
  });
  return { submissions, surroundings };
}
