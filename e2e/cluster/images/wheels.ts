import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../run.ts';
import { exists } from '../exists.ts';
import type { Workshop } from '../programs/build-program.ts';

/**
 * Downloads wheels as pip does, from where the machine's own pip has them from.
 *
 * @param requirements `packaging==25.0`
 * @returns a folder as an index of packages has it: `<package>/<wheel>`
 */
export async function wheelFolder(requirements: readonly string[], workshop: Workshop): Promise<string> {
  const { cache, environment } = workshop;
  const folder = join(cache, 'wheels', requirements.join(' '));
  if (await exists(folder)) return folder;
  await mkdir(join(cache, 'wheels'), { recursive: true });
  const part = await mkdtemp(join(cache, 'wheels', 'part-'));
  try {
    const python = join(part, 'python');
    await run('python3', ['-m', 'venv', python], { env: environment });
    const fetched = join(part, 'fetched');
    const only = ['--quiet', '--no-deps', '--only-binary=:all:', '--python-version=3.13'];
    await run(join(python, 'bin/pip'), ['download', ...only, '--dest', fetched, ...requirements], { env: environment });
    for (const wheel of await readdir(fetched)) {
      const [name = ''] = wheel.split('-');
      const ofPackage = join(part, 'index', name.toLowerCase().replaceAll(/[._]+/g, '-'));
      await mkdir(ofPackage, { recursive: true });
      await rename(join(fetched, wheel), join(ofPackage, wheel));
    }
    await rename(join(part, 'index'), folder);
    return folder;
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
