import { readdir, realpath, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** The Python that a virtual environment runs, with links followed. */
export function usedPython(venv: string): Promise<string> {
  return realpath(join(venv, 'bin', 'python'));
}

/** Takes away what earlier builds left of other Pythons; also uv's own bookkeeping, which no image needs. */
export async function keepOnlyUsed(pythons: string, used: string): Promise<void> {
  const kept = topOf(await realpath(pythons), used);
  for (const name of await readdir(pythons)) {
    const path = join(pythons, name);
    const leadsTo = topOf(await realpath(pythons), await realpath(path).catch(() => path));
    if (leadsTo !== kept) await rm(path, { recursive: true, force: true });
  }
}

/** Which entry of a folder a path is in. */
function topOf(folder: string, path: string): string {
  return relative(folder, path).split('/')[0] ?? '';
}
