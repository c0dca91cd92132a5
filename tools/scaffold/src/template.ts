import { access, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError, messageOf } from '@luban-ci/core';
import { z } from 'zod';

/** A variable's default: a text, or a list of choices whose first is the default. Cookiecutter accepts other JSON too; we do not. */
const Default = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Manifest = z.record(z.string(), z.union([Default, z.array(Default).min(1)]));

/** Names that steer cookiecutter itself and would change what is rendered. */
const cookiecutterSettings = ['_copy_without_render', '_extensions', '_jinja2_env_vars', '_template'];

/** What `cookiecutter.json` declares, in its order: a later default may use an earlier variable. */
export type TemplateVariables = Record<string, string | string[]>;

export interface Template {
  /** Absolute path of the folder that holds `cookiecutter.json`. */
  folder: string;
  variables: TemplateVariables;
  /** Name of the folder whose name is itself a template: `{{cookiecutter.app_name}}-gitops`. */
  root: string;
}

/**
 * Reads a template folder in cookiecutter's layout.
 *
 * @throws InputError when it is none, or when it brings hooks: those are programs, and rendering runs none
 */
export async function readTemplate(folder: string): Promise<Template> {
  const text = await readFile(join(folder, 'cookiecutter.json'), 'utf8').catch((error) => {
    throw new InputError(`${folder} holds no cookiecutter.json`, [], { cause: error });
  });
  const manifest = parsedManifest(text, folder);
  if (await exists(join(folder, 'hooks'))) {
    throw new InputError(`${folder} brings hooks, which are programs of their own`, [], {
      hint: 'Make what the hook does an input of the template, or a step after it.',
    });
  }
  const setting = Object.keys(manifest).find((name) => cookiecutterSettings.includes(name));
  if (setting !== undefined)
    throw new InputError(`${folder}/cookiecutter.json asks for ${setting}, which is not supported`);
  const variables = Manifest.safeParse(manifest);
  if (!variables.success) throw new InputError(`${folder}/cookiecutter.json may hold texts and lists of texts only`);
  return {
    folder,
    variables: variables.data,

    root: await rootOf(folder),
  };
}

function parsedManifest(text: string, folder: string): Record<string, unknown> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(text));
  } catch (error) {
    throw new InputError(`${folder}/cookiecutter.json is no JSON object: ${messageOf(error)}`, [], { cause: error });
  }
}

async function rootOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { withFileTypes: true });
  const roots = entries.filter((entry) => entry.isDirectory() && /\{\{.*cookiecutter.*\}\}/.test(entry.name));
  const [root] = roots;
  if (root === undefined || roots.length > 1) {
    throw new InputError(`${folder} must hold exactly one folder whose name uses a cookiecutter variable`);
  }
  return root.name;
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
