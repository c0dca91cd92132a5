import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { messageOf } from '@luban-ci/core';
import type { BuildPlace } from './place.ts';
import { isForUv, type PyProject, readPyProject } from './project.ts';

export type Detection = { applies: true } | { applies: false; reason: string };

/**
 * Whether this is a project that uv can install. `.python-version` or `uv.lock` alone is not: uv needs `pyproject.toml`.
 * A `pyproject.toml` that cannot be read is one, too, so that the build can say what is wrong with it.
 */
export async function detect({ app, log }: Pick<BuildPlace, 'app' | 'log'>): Promise<Detection> {
  let project: PyProject | undefined;
  try {
    project = await readPyProject(app);
  } catch (error) {
    log.warn(messageOf(error));
    return { applies: true };
  }
  if (project === undefined) return { applies: false, reason: 'there is no pyproject.toml' };
  if (isForUv(project) || (await isThere(join(app, 'uv.lock')))) return { applies: true };
  return { applies: false, reason: 'pyproject.toml has neither [project] nor [tool.uv], and there is no uv.lock' };
}

export async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
