import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '@luban-ci/core';
import { z } from 'zod';
import { parsedToml } from './uv-lock.ts';

const Project = z.object({
  project: z.object({
    name: z.string(),
    version: z.string().optional(),
    scripts: z.record(z.string(), z.string()).default({}),
  }),
});

export interface PythonProject {
  name: string;
  scripts: Record<string, string>;
  /** The text of `uv.lock`. */
  lock: string;
}

/** @throws InputError when the folder is no Python project with a lock file; StepError when a file cannot be read */
export async function readPythonProject(folder: string): Promise<PythonProject> {
  const [project, lock] = await Promise.all(['pyproject.toml', 'uv.lock'].map((name) => textOf(join(folder, name))));
  if (project === undefined)
    throw new InputError('The source has no pyproject.toml; the append builder builds Python projects');
  if (lock === undefined) {
    throw new InputError('The source has no uv.lock; images are built from what was locked', [], {
      hint: 'Run "uv lock" and commit uv.lock.',
    });
  }
  const parsed = Project.safeParse(parsedToml(project, 'pyproject.toml'));
  if (!parsed.success) throw new InputError(`pyproject.toml cannot be used: ${parsed.error.issues[0]?.message}`);
  const { name, scripts } = parsed.data.project;
  return { name, scripts, lock };
}

async function textOf(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch(() => undefined);
}
