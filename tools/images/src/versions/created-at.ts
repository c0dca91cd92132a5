import { type ImageIndex, type Platform, pickPlatform } from '../manifest.ts';
import type { ImageReference } from '../reference.ts';
import type { RegistryClient } from '../registry-client.ts';

const annotation = 'org.opencontainers.image.created';
/** Builds that are to be the same for the same source say 1970 or 1980, which is no time that anything was built at. */
const firstBelieved = Date.parse('1980-01-02T00:00:00Z');

export type ManifestReader = Pick<RegistryClient, 'getManifest' | 'readImageConfig'>;

/**
 * When an image was built, in milliseconds since 1970: what its annotations or labels call created, else what its
 * configuration says. Of an index, the image of `platform` is asked, else the first one.
 *
 * @returns `undefined` when it is not there, or does not tell
 */
export async function readCreatedAt(
  registry: ManifestReader,
  image: ImageReference,
  platform: Platform | undefined,
): Promise<number | undefined> {
  const manifest = await registry.getManifest(image);
  if (manifest === undefined) return undefined;
  const own = manifest.kind === 'index' ? manifest.index.annotations : manifest.image.annotations;
  const annotated = believed(own?.[annotation]);
  if (annotated !== undefined) return annotated;
  const { registry: host, path } = image;
  if (manifest.kind === 'image') return fromConfig(registry, { registry: host, path, digest: manifest.digest });
  const entry = entryOf(manifest.index, platform);
  return entry === undefined ? undefined : readCreatedAt(registry, { registry: host, path, digest: entry }, platform);
}

async function fromConfig(registry: ManifestReader, image: ImageReference): Promise<number | undefined> {
  const config = await registry.readImageConfig(image);
  return believed(config?.config?.Labels?.[annotation]) ?? believed(config?.created);
}

/** Attestations stand in an index as images of an unknown platform. */
function entryOf(
  index: ImageIndex,
  platform: Platform | undefined,
): ImageIndex['manifests'][number]['digest'] | undefined {
  if (platform !== undefined) return pickPlatform(index, platform)?.digest;
  return index.manifests.find((each) => each.platform?.os !== 'unknown')?.digest;
}

function believed(text: string | undefined): number | undefined {
  const time = Date.parse(text ?? '');
  return time >= firstBelieved ? time : undefined;
}
