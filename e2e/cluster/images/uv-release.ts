import { createHash } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../run.ts';
import { exists } from '../exists.ts';
import type { Workshop } from '../programs/build-program.ts';

/**
 * A release of uv as a mirror has it, for this machine's processor: what is published on GitHub cannot be had from package
 * registries, so the archive is made of the program in the wheel, which is linked to the C library.
 *
 * @returns a folder with `<version>/uv-<target>.tar.gz`, and its checksum beside it
 */
export async function uvRelease(version: string, workshop: Workshop): Promise<string> {
  const { cache, environment } = workshop;
  const folder = join(cache, 'wheels', `release uv==${version}`);
  if (await exists(folder)) return folder;
  await mkdir(join(cache, 'wheels'), { recursive: true });
  const part = await mkdtemp(join(cache, 'wheels', 'part-'));
  try {
    const python = join(part, 'python');
    await run('python3', ['-m', 'venv', python], { env: environment });
    await run(join(python, 'bin/pip'), ['install', '--quiet', `uv==${version}`], { env: environment });
    const name = `uv-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-unknown-linux-musl`;
    const release = join(part, 'releases', version);
    await mkdir(join(part, name));
    await mkdir(release, { recursive: true });
    await copyFile(join(python, 'bin/uv'), join(part, name, 'uv'));
    await run('tar', ['-czf', join(release, `${name}.tar.gz`), '-C', part, name], { env: environment });
    const sum = createHash('sha256')
      .update(await readFile(join(release, `${name}.tar.gz`)))
      .digest('hex');
    await writeFile(join(release, `${name}.tar.gz.sha256`), `${sum} *${name}.tar.gz\n`);
    await rename(join(part, 'releases'), folder);
    return folder;
  } finally {
    await rm(part, { recursive: true, force: true });
  }
}
