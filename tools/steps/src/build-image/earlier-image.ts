import type { ImageRepository, RegistryClient } from '@luban-ci/images';

/**
 * The image that an earlier build made of a commit: it has the commit's id as its tag, and says so in its labels. The
 * label is asked too, because anybody may set a tag. Images of builders that write no label count by their tag.
 */
export async function earlierImage(
  registry: RegistryClient,
  image: ImageRepository,
  revision: string,
): Promise<string | undefined> {
  const found = await registry.resolve({ ...image, tag: revision });
  if (found === undefined) return undefined;
  const config = await registry.readImageConfig({ ...image, digest: found.digest });
  const made = config?.config?.Labels?.['org.opencontainers.image.revision'];
  return made === undefined || made === revision ? found.digest : undefined;
}
