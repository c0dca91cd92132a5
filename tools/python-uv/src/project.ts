import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startCommand } from '@luban-ci/builders';
import { InputError, messageOf, StepError } from '@luban-ci/core';
import { parse } from 'smol-toml';
import { z } from 'zod';

const Project = z.looseObject({
  name: z.string(),
  version: z.string().optional(),
  description: z.string().optional(),
  scripts: z.record(z.string(), z.string()).default({}),
});

/** The part of `pyproject.toml` that is read; uv and build backends read the rest. */
const PyProject = z.looseObject({
  project: Project.optional(),
  tool: z
    .looseObject({
      uv: z.looseObject({}).optional(),
      luban: z.looseObject({ 'bp-execution-mode': z.enum(['standard', 'direct']).default('standard') }).optional(),
    })
    .default({}),
});
export type PyProject = z.output<typeof PyProject>;

/** As in the specification of entry points; no space, no separator, nothing that a shell would read. */
const scriptName = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$/;

/**
 * @returns undefined when there is no such file
 * @throws InputError that names the key, when a value cannot be used
 */
export async function readPyProject(app: string): Promise<PyProject | undefined> {
  const text = await readFile(join(app, 'pyproject.toml'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const parsed = PyProject.safeParse(parsedToml(text));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.join('.'), expected: message }));
  throw new InputError('pyproject.toml cannot be used', fields);
}

/** Whether uv could install it: it says what it is, or that uv looks after it. */
export function isForUv({ project, tool }: PyProject): boolean {
  return project !== undefined || tool.uv !== undefined;
}

/** What starts when nobody says otherwise. */
export interface Start {
  /** The script of `[project.scripts]`; undefined when the command is all up to who starts the image. */
  script: string | undefined;
}

/**
 * How the application starts: `app`, `start`, `main` or `run` of `[project.scripts]`, else the first of them.
 *
 * @returns undefined when there is no script, and the execution mode is not `direct`
 * @throws InputError for a name that no installer would make a program of
 */
export function startOf({ project, tool }: PyProject): Start | undefined {
  const scripts = project?.scripts ?? {};
  for (const name of Object.keys(scripts)) {
    if (scriptName.test(name)) continue;
    throw new InputError('pyproject.toml cannot be used', [
      { field: `project.scripts.${JSON.stringify(name)}`, expected: 'expected letters, digits, "_", "." and "-"' },
    ]);
  }
  if (Object.keys(scripts).length > 0) return { script: startCommand(scripts) };
  return tool.luban?.['bp-execution-mode'] === 'direct' ? { script: undefined } : undefined;
}

function parsedToml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new StepError(`pyproject.toml is not valid TOML: ${messageOf(cause).split('\n')[0]}`, { cause });
  }
}
