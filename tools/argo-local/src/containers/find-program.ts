import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** `X_OK` of access(2). */
const mayBeRun = 1;

/** Whether a program, by its path or by a name in `searchPath`, is there to be run. */
export async function isInstalled(program: string, searchPath: string): Promise<boolean> {
  const places = program.includes('/') ? [program] : searchPath.split(delimiter).map((folder) => join(folder, program));
  for (const place of places) if (await isExecutable(place)) return true;
  return false;
}

function isExecutable(path: string): Promise<boolean> {
  return access(path, mayBeRun).then(
    () => true,
    () => false,
  );
}
