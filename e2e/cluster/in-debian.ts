import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from '../run.ts';

/** Folders that are seen from inside under the same paths. */
export interface Debian {
  /** The file system that is only read. */
  folder: string;
  repository: string;
  cache: string;
}

/**
 * Runs a program of the node's Debian, on the machine's network; what it writes outside of the cache is thrown away.
 *
 * @returns what it printed
 * @throws StepError when it ends otherwise than with 0
 */
export async function runInDebian(debian: Debian, program: readonly string[]): Promise<string> {
  await mkdir(debian.cache, { recursive: true });
  const state = await mkdtemp(join(debian.cache, 'workbench-'));
  const enter = fileURLToPath(new URL('node/enter.sh', import.meta.url));
  const namespaces = ['--mount', '--pid', '--ipc', '--uts', '--cgroup', '--fork', '--kill-child', '--mount-proc'];
  try {
    const where = [debian.folder, state, debian.repository, debian.cache];
    return await run('unshare', [...namespaces, enter, ...where, ...program], { timeoutSeconds: 1800 });
  } finally {
    await rm(state, { recursive: true, force: true });
  }
}
