import { join, relative, resolve } from 'node:path';
import { InputError, StepError } from '@luban-ci/core';
import { isThere } from './detect.ts';
import type { BuildPlace } from './place.ts';
import { runTool } from './run-tool.ts';
import type { Synced } from './sync.ts';

/**
 * Where the application has a dbt project, its manifest is part of the image: an orchestrator reads it at its start, and
 * parsing takes long. dbt is the one that was installed, and nothing else is installed for it.
 *
 * @returns whether there is a dbt project
 * @throws StepError when dbt fails, or leaves no manifest
 */
export async function writeDbtManifest({ venv, environment }: Synced, place: BuildPlace): Promise<boolean> {
  const { app, log } = place;
  const project = inApp(place, 'BP_DBT_PROJECT_DIR', 'dbt_project');
  if (!(await isThere(join(app, project, 'dbt_project.yml')))) return false;
  const profiles = inApp(place, 'BP_DBT_PROFILES_DIR', project);
  const program = join(venv.path, 'bin', 'dbt');
  if (!(await isThere(program))) {
    throw new StepError(`${project} is a dbt project, and uv.lock has no dbt among what is installed`, {
      hint: 'Add dbt-core and its adapter to [project.dependencies].',
    });
  }
  const path = `${join(venv.path, 'bin')}:${environment['PATH'] ?? ''}`;
  const quiet = { DBT_SEND_ANONYMOUS_USAGE_STATS: 'false', DBT_LOG_PATH: '/tmp/dbt-logs' };
  const tool = { program, environment: { ...environment, ...quiet, PATH: path }, cwd: app, log: log.group('dbt') };
  const where = ['--project-dir', project, '--profiles-dir', profiles];
  if (await hasPackages(join(app, project))) await runTool('dbt deps', ['deps', ...where], tool);
  const target = place.environment['BP_DBT_TARGET'] || 'sandbox';
  await runTool('dbt parse', ['parse', ...where, '--target', target], tool);
  if (await isThere(join(app, project, 'target', 'manifest.json'))) return true;
  throw new StepError(`dbt parse left no ${project}/target/manifest.json`);
}

async function hasPackages(folder: string): Promise<boolean> {
  const there = await Promise.all(['packages.yml', 'dependencies.yml'].map((name) => isThere(join(folder, name))));
  return there.includes(true);
}

/** A folder of the application, relative to it. */
function inApp({ app, environment }: BuildPlace, variable: string, otherwise: string): string {
  const given = environment[variable] || otherwise;
  const inside = relative(app, resolve(app, given));
  if (!inside.startsWith('..') && !inside.startsWith('/')) return inside === '' ? '.' : inside;
  throw new InputError('The build cannot begin', [
    { field: variable, expected: 'expected a folder of the application' },
  ]);
}
