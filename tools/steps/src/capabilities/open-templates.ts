import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { InputError, type StepContext } from '@luban-ci/core';
import { readTemplate, renderTemplate } from '@luban-ci/scaffold';
import type { Templates } from './templates.ts';

/** A module of its own, so that the renderer is loaded only by who renders. */
export function openTemplates(given: string | undefined, { workspace }: Pick<StepContext, 'workspace'>): Templates {
  const root = given === undefined ? shippedTemplates(import.meta.dirname) : resolve(workspace, given);
  const isThere = (name: string): boolean => existsSync(join(root, name, 'cookiecutter.json'));
  const variables = async (name: string): Promise<string[]> => {
    if (isThere(name)) return Object.keys((await readTemplate(join(root, name))).variables);
    throw new InputError(`There is no template ${name} in ${root}`, [
      { field: 'template', expected: 'expected the name of a folder there with a cookiecutter.json' },
    ]);
  };
  return {
    variables,
    has: async (name) => isThere(name),
    render: async (name, known, asked = {}) => {
      const names = await variables(name);
      const fitting = Object.entries(known).filter(([variable]) => names.includes(variable));
      const { files } = await renderTemplate(join(root, name), { ...Object.fromEntries(fitting), ...asked });
      return new Map(
        files.map(({ path, content, isExecutable }) => [path, { bytes: content, executable: isExecutable }]),
      );
    },
  };
}

/** What ships lies beside the code: of the sources, of an action's bundle and of the image's alike. */
function shippedTemplates(from: string): string {
  const folder = join(from, 'gitops-template');
  if (existsSync(join(folder, 'luban-gitops-template', 'cookiecutter.json'))) return folder;
  const above = dirname(from);
  if (above !== from) return shippedTemplates(above);
  throw new InputError('The templates that ship with Luban CI are not beside this program', [
    { field: 'templatesPath', expected: 'expected the folder gitops-template of the repository' },
  ]);
}
