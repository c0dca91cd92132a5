import { access } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { InputError, type StepContext } from '@luban-ci/core';
import { readTemplate, renderTemplate } from '@luban-ci/scaffold';
import type { Templates } from './templates.ts';

/** A module of its own, so that the renderer is loaded only by who renders. */
export function openTemplates(given: string | undefined, { workspace }: Pick<StepContext, 'workspace'>): Templates {
  const root = given === undefined ? shippedTemplates(import.meta.dirname) : Promise.resolve(resolve(workspace, given));
  const folderOf = async (name: string): Promise<string> => join(await root, name);
  const has = async (name: string): Promise<boolean> => isTemplate(await folderOf(name));
  const variables = async (name: string): Promise<string[]> => {
    if (await has(name)) return Object.keys((await readTemplate(await folderOf(name))).variables);
    throw new InputError(`There is no template ${name} in ${await root}`, [
      { field: 'template', expected: 'expected the name of a folder there with a cookiecutter.json' },
    ]);
  };
  return {
    has,
    variables,
    render: async (name, known, asked = {}) => {
      const names = await variables(name);
      const fitting = Object.entries(known).filter(([variable]) => names.includes(variable));
      const { files } = await renderTemplate(await folderOf(name), { ...Object.fromEntries(fitting), ...asked });
      return new Map(
        files.map(({ path, content, isExecutable }) => [path, { bytes: content, executable: isExecutable }]),
      );
    },
  };
}

/** What ships lies beside the code: of the sources, of an action's bundle and of the image's alike. */
async function shippedTemplates(from: string): Promise<string> {
  const folder = join(from, 'gitops-template');
  if (await isTemplate(join(folder, 'luban-gitops-template'))) return folder;
  const above = dirname(from);
  if (above !== from) return shippedTemplates(above);
  throw new InputError('The templates that ship with Luban CI are not beside this program', [
    { field: 'templatesPath', expected: 'expected the folder gitops-template of the repository' },
  ]);
}

function isTemplate(folder: string): Promise<boolean> {
  return access(join(folder, 'cookiecutter.json')).then(
    () => true,
    () => false,
  );
}
