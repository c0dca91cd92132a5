import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseReference, type RegistryClient } from '@luban-ci/images';
import { parse } from 'smol-toml';
import { z } from 'zod';
import { makeBuildpackFolder } from './buildpack-folder.ts';
import { publishBuildpack } from './publish-buildpack.ts';

const Descriptor = z.looseObject({
  api: z.string(),
  buildpack: z.looseObject({ id: z.string(), version: z.string(), homepage: z.string() }),
});

/**
 * Makes the buildpack as it ships, and pushes it.
 *
 * @returns its digest
 */
export async function packageBuildpack(
  root: string,
  image: string,
  architecture: string,
  environment: Readonly<Record<string, string>>,
  registry: RegistryClient,
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'luban-buildpack-'));
  try {
    await makeBuildpackFolder(folder, { root, architecture, environment });
    const { api, buildpack } = Descriptor.parse(parse(await readFile(join(folder, 'buildpack.toml'), 'utf8')));
    const { id, version, homepage } = buildpack;
    const target = { image: parseReference(image), architecture };
    return await publishBuildpack(folder, { id, version, api, homepage }, target, registry);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
