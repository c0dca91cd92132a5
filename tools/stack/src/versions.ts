import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

/** A Linux distribution that the images are made on. */
export const Flavour = z.enum(['al2023', 'debian']);
export type Flavour = z.output<typeof Flavour>;

/** The one table: everything else that names a version is printed from it, or compared with it. */
export const Versions = z.strictObject({
  /** Where all images are published. */
  repository: z.string(),
  /** Id of the stack, as kpack asks for one. */
  stack: z.string(),
  buildpack: z.string(),
  lifecycle: z.string(),
  /** What the base images are built on; `pin` adds the digest of the day. */
  bases: z.record(Flavour, z.string()),
});
export type Versions = z.output<typeof Versions>;

export const versionsFile = 'stack/versions.json';

export async function readVersions(root: string): Promise<Versions> {
  return Versions.parse(JSON.parse(await readFile(join(root, versionsFile), 'utf8')));
}
