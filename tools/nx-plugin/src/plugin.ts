import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { CreateNodes } from 'nx/src/project-graph/plugins/public-api.js';
import { referredTemplates } from './referred-templates.ts';

/** The generated library that workflows take their steps from. */
const stepLibrary = /^luban-steps-v\d+$/;

/** Workflow and action folders as nx projects, with edges to what they are made of; packages are npm's workspaces. */
export const createNodes: CreateNodes = [
  '{actions/*/action.yml,workflows/*/template.yaml}',
  async (files, _options, { workspaceRoot }) =>
    Promise.all(
      files.map(async (file) => {
        const root = dirname(file);
        const name = `${root.startsWith('actions/') ? 'action' : 'workflow'}-${basename(root)}`;
        const implicitDependencies = await usedBy(file, workspaceRoot);
        return [file, { projects: { [root]: { name, implicitDependencies } } }] as const;
      }),
    ),
];

async function usedBy(file: string, workspaceRoot: string): Promise<string[]> {
  if (basename(file) === 'action.yml') return ['@luban-ci/hosts', '@luban-ci/steps'];
  if (stepLibrary.test(basename(dirname(file)))) return ['@luban-ci/steps'];
  return referredTemplates(await readFile(join(workspaceRoot, file), 'utf8')).map((name) => `workflow-${name}`);
}
