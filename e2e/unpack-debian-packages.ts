import { mkdir, readdir } from 'node:fs/promises';
import { run } from './run.ts';

/**
 * Brings packages of the machine's own Debian and unpacks them, without installing: nothing of the machine is changed, and
 * no rights are needed.
 *
 * @param folder gets the packages' files below it
 * @throws StepError when a package cannot be had
 */
export async function unpackDebianPackages(
  packages: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string>>,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  await run('apt-get', ['download', ...packages], { cwd: folder, env: environment });
  const files = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
  for (const file of files) await run('dpkg-deb', ['--extract', file, folder], { cwd: folder, env: environment });
}
