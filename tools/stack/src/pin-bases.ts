import { StepError } from '@luban-ci/core';
import { formatReference, parseReference, type RegistryClient } from '@luban-ci/images';
import type { Versions } from './versions.ts';

/**
 * The table with every base at the digest that its tag has now, so that what is built on it can be built again.
 *
 * @throws StepError when a base is not there
 */
export async function pinBases(versions: Versions, registry: RegistryClient): Promise<Versions> {
  const bases = Object.entries(versions.bases).map(async ([flavour, base]) => {
    const { digest: _, ...tagged } = parseReference(base);
    const found = await registry.resolve(tagged);
    if (found === undefined) throw new StepError(`${formatReference(tagged)} is not there`);
    return [flavour, formatReference({ ...tagged, digest: found.digest })] as const;
  });
  return { ...versions, bases: { ...versions.bases, ...Object.fromEntries(await Promise.all(bases)) } };
}
