import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { type BadField, InputError } from '@luban-ci/core';
import { createRenderer, type RenderText } from './jinja.ts';
import { readTemplate, type Template } from './template.ts';

export interface RenderedFile {
  /** Relative to the rendered root, with `/` between segments. */
  path: string;
  content: Uint8Array;
  isExecutable: boolean;
}

export interface RenderedTemplate {
  /** Name of the folder that cookiecutter would make: `cart-service-gitops`. */
  root: string;
  files: RenderedFile[];
}

/**
 * Renders a template folder in cookiecutter's layout the way `cookiecutter --no-input` would, byte for byte, without
 * writing anything.
 *
 * @param values by variable name; what is left out takes the template's default
 * @throws InputError naming every unknown variable and every value that is no choice
 */
export async function renderTemplate(
  folder: string,
  values: Readonly<Record<string, string>>,
): Promise<RenderedTemplate> {
  const template = await readTemplate(folder);
  const variables = fillVariables(template, values);
  const render = createRenderer(variables);
  const source = join(template.folder, template.root);
  const files = await Promise.all(
    (await filesBelow(source)).map(async (path) => {
      const content = await readFile(join(source, path));
      const { mode } = await stat(join(source, path));
      return {
        path: renderPath(path, render),
        content: isBinary(content) ? content : Buffer.from(render(content.toString('utf8'), path)),
        isExecutable: (mode & 0o100) !== 0,
      };
    }),
  );
  return { root: renderPath(template.root, render), files: files.sort((a, b) => (a.path < b.path ? -1 : 1)) };
}

/** The variables with their values: given ones, else defaults, which may use the variables before them. */
function fillVariables(template: Template, values: Readonly<Record<string, string>>): Record<string, string> {
  refuseBadValues(template, values);
  const filled: Record<string, string> = {};
  for (const [name, preset] of Object.entries(template.variables)) {
    const fallback = Array.isArray(preset) ? (preset[0] ?? '') : preset;
    const isRaw = name.startsWith('_') && !name.startsWith('__');
    filled[name] = values[name] ?? (isRaw ? fallback : createRenderer(filled)(fallback, `the default of ${name}`));
  }
  return filled;
}

function refuseBadValues(template: Template, values: Readonly<Record<string, string>>): void {
  const known = Object.keys(template.variables).filter((name) => !name.startsWith('_'));
  const bad: BadField[] = Object.entries(values).flatMap(([name, value]) => {
    const preset = template.variables[name];
    if (!known.includes(name))
      return [{ field: name, expected: `no such variable; the template has ${known.join(', ')}` }];
    if (Array.isArray(preset) && !preset.includes(value))
      return [{ field: name, expected: `expected one of ${preset.join(', ')}` }];
    return [];
  });
  if (bad.length > 0) throw new InputError(`the template ${template.folder} cannot use some of its variables`, bad);
}

/** A rendered segment is one segment: a value must not be able to leave the folder. */
function renderPath(path: string, render: RenderText): string {
  const segments = path.split('/').map((segment) => render(segment, path));
  const bad = segments.find(
    (segment) => segment === '' || segment === '.' || segment === '..' || /[/\\\0]/.test(segment),
  );
  if (bad !== undefined) throw new InputError(`the path ${path} of the template would become "${segments.join('/')}"`);
  return segments.join('/');
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'));
}

/** Cookiecutter copies binary files untouched; a NUL byte early on is what tells them. */
function isBinary(content: Uint8Array): boolean {
  return content.subarray(0, 1024).includes(0);
}
