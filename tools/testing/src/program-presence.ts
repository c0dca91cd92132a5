import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Whether a program that npm cannot bring is on this machine. A test that wants one says so by its name and is counted
 * as skipped where it is not: `test.skipIf(!hasProgram('kubectl'))('kubectl: …')`.
 */
export function hasProgram(name: string, path = process.env['PATH'] ?? ''): boolean {
  return path.split(delimiter).some((folder) => isExecutable(join(folder, name)));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
