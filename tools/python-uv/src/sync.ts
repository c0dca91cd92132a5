import { join } from 'node:path';
import { InputError } from '@luban-ci/core';
import { isThere } from './detect.ts';
import { emptyLayer, keepLayer, type Layer, openLayer, setForLaunch } from './layer.ts';
import type { BuildPlace } from './place.ts';
import { keepOnlyUsed, usedPython } from './python-in-use.ts';
import { runTool } from './run-tool.ts';

export interface Synced {
  /** The virtual environment. */
  venv: Layer;
  /** For programs of that environment, while the image is built. */
  environment: Record<string, string>;
}

/**
 * Installs what the lock file says, without the packages for development, into a layer of its own. uv brings Python in
 * another one, unless the platform says that build and run image have the same one (`BP_UV_PYTHON=system`).
 *
 * The layers come out the same from the same source: nothing that tells the time is written into them.
 */
export async function sync(uv: string, base: Record<string, string>, place: BuildPlace): Promise<Synced> {
  const { app, layers, log } = place;
  const isSystem = pythonOf(place) === 'system';
  const python = await openLayer(layers, 'python');
  const venv = await openLayer(layers, 'venv');
  const cache = await openLayer(layers, 'uv-cache');
  if (venv.metadata['python'] !== undefined && venv.metadata['python'] !== pythonOf(place)) await emptyLayer(venv);
  const environment = {
    ...base,
    ...mirror(place),
    PYTHONDONTWRITEBYTECODE: '1',
    UV_CACHE_DIR: cache.path,
    UV_NO_INSTALLER_METADATA: '1',
    UV_NO_PROGRESS: '1',
    UV_PROJECT_ENVIRONMENT: venv.path,
    UV_PYTHON_INSTALL_DIR: python.path,
    UV_PYTHON_PREFERENCE: isSystem ? 'only-system' : 'only-managed',
  };
  const isLocked = await isThere(join(app, 'uv.lock'));
  if (!isLocked) log.warn('there is no uv.lock, so versions are chosen now: run "uv lock" and commit it');
  const tool = { program: uv, environment, cwd: app, log: log.group('uv') };
  await runTool('uv sync', ['sync', ...(isLocked ? ['--frozen'] : []), '--no-dev'], tool);
  await runTool('uv cache prune', ['cache', 'prune', '--ci'], tool);
  await keepOnlyUsed(python.path, await usedPython(venv.path));
  await setForLaunch(venv, launchVariables(venv, python));
  await keepLayer(venv, { build: true, launch: true, cache: true }, { python: pythonOf(place) });
  await keepLayer(python, isSystem ? {} : { build: true, launch: true, cache: true }, {});
  await keepLayer(cache, { cache: true }, {});
  return { venv, environment: { ...environment, VIRTUAL_ENV: venv.path } };
}

/** `uv run` starts what was installed, and installs nothing: neither packages for development nor a newer version. */
function launchVariables(venv: Layer, python: Layer): Record<string, string> {
  return {
    UV_NO_CACHE: '1',
    UV_NO_SYNC: '1',
    UV_PROJECT_ENVIRONMENT: venv.path,
    UV_PYTHON_DOWNLOADS: 'never',
    UV_PYTHON_INSTALL_DIR: python.path,
    VIRTUAL_ENV: venv.path,
    'PYTHONDONTWRITEBYTECODE.default': '1',
    'PYTHONUNBUFFERED.default': '1',
  };
}

function pythonOf({ environment }: BuildPlace): 'managed' | 'system' {
  const python = environment['BP_UV_PYTHON'] || 'managed';
  if (python === 'managed' || python === 'system') return python;
  throw new InputError('The build cannot begin', [{ field: 'BP_UV_PYTHON', expected: 'expected managed or system' }]);
}

function mirror({ environment }: BuildPlace): Record<string, string> {
  const pythons = environment['BP_UV_PYTHON_INSTALL_MIRROR'];
  return pythons ? { UV_PYTHON_INSTALL_MIRROR: pythons } : {};
}
