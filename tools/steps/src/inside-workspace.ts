import { isAbsolute, relative, resolve, sep } from 'node:path';
import { InputError } from '@luban-ci/core';

/**
 * The absolute path of something in the workspace.
 *
 * @throws InputError when the path leads out of it
 */
export function insideWorkspace(workspace: string, path: string, field = 'path'): string {
  const absolute = resolve(workspace, path);
  const fromWorkspace = relative(workspace, absolute);
  if (!isOutside(fromWorkspace) && !path.includes('\0')) return absolute;
  throw new InputError(`${path} is not inside the workspace`, [
    { field, expected: `expected a path inside ${workspace}` },
  ]);
}

function isOutside(fromWorkspace: string): boolean {
  return fromWorkspace === '..' || fromWorkspace.startsWith(`..${sep}`) || isAbsolute(fromWorkspace);
}
