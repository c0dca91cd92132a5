import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from '../../run.ts';
import type { Workshop } from '../programs/build-program.ts';
import { madeWithPip } from './made-with-pip.ts';

/**
 * A release of uv as a mirror has it, for this machine's processor: what is published on GitHub cannot be had from package
 * registries, so the archive is made of the program in the wheel, which is linked to the C library.
 *
 * @returns a folder with `<version>/uv-<target>.tar.gz`, and its checksum beside it
 */
export async function uvRelease(version: string, workshop: Workshop): Promise<string> {
  return await madeWithPip(`release uv==${version}`, workshop, async ({ part, bin, pip }) => {
    await pip(['install', '--quiet', `uv==${version}`]);
    const name = `uv-${process.arch === 'x64' ? 'x86_64' : 'aarch64'}-unknown-linux-musl`;
    const archive = join(part, 'releases', version, `${name}.tar.gz`);
    await mkdir(join(part, name));
    await mkdir(join(part, 'releases', version), { recursive: true });
    await copyFile(join(bin, 'uv'), join(part, name, 'uv'));
    await run('tar', ['-czf', archive, '-C', part, name], { env: workshop.environment });
    const sum = createHash('sha256')
      .update(await readFile(archive))
      .digest('hex');
    await writeFile(`${archive}.sha256`, `${sum} *${name}.tar.gz\n`);
    return join(part, 'releases');
  });
}
