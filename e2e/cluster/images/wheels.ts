import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workshop } from '../programs/build-program.ts';
import { madeWithPip } from './made-with-pip.ts';

const asDownloaded = ['--quiet', '--no-deps', '--only-binary=:all:', '--python-version=3.13'];

/**
 * Downloads wheels.
 *
 * @param requirements `packaging==25.0`
 * @returns a folder as an index of packages has it: `<package>/<wheel>`
 */
export async function wheelFolder(requirements: readonly string[], workshop: Workshop): Promise<string> {
  return await madeWithPip(requirements.join(' '), workshop, async ({ part, pip }) => {
    const fetched = join(part, 'fetched');
    await pip(['download', ...asDownloaded, '--dest', fetched, ...requirements]);
    for (const wheel of await readdir(fetched)) {
      const [name = ''] = wheel.split('-');
      const ofPackage = join(part, 'index', name.toLowerCase().replaceAll(/[._]+/g, '-'));
      await mkdir(ofPackage, { recursive: true });
      await rename(join(fetched, wheel), join(ofPackage, wheel));
    }
    return join(part, 'index');
  });
}
