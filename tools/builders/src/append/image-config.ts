import { formatReference, type Platform } from '@luban-ci/images';
import type { CheckedOutSource, ImageSource } from '../builder.ts';
import { type BaseImage, environmentOf } from './base-image.ts';
import { places } from './image-file.ts';
import type { Layer } from './layer.ts';

const user = '1000:1000';

/** Who made the image and of what, under the names of the OCI image specification (annotations.md). */
export function provenance(source: ImageSource, checkedOut: CheckedOutSource, base: BaseImage): Record<string, string> {
  return {
    'org.opencontainers.image.base.digest': base.digest,
    'org.opencontainers.image.base.name': formatReference(base.reference),
    'org.opencontainers.image.created': checkedOut.committedAt.toISOString(),
    'org.opencontainers.image.revision': source.revision,
    'org.opencontainers.image.source': source.repoUrl,
  };
}

/**
 * The OCI image configuration: the base's, with our layers, non-root, and the application's start command. It holds
 * nothing that changes from one build of a commit to the next.
 */
export function imageConfig(
  base: BaseImage,
  platform: Platform,
  layers: readonly { layer: Layer; createdBy: string }[],
  labels: Record<string, string>,
  command: string,
): Record<string, unknown> {
  const created = labels['org.opencontainers.image.created'];
  const baseEnvironment = environmentOf(base.config);
  const environment = {
    ...baseEnvironment,
    PATH: `/${places.programs}:${baseEnvironment['PATH'] ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'}`,
    PYTHONPATH: `/${places.source}/src:/${places.source}:/${places.packages}`,
    PYTHONDONTWRITEBYTECODE: '1',
    PYTHONUNBUFFERED: '1',
  };
  return {
    architecture: platform.architecture,
    os: platform.os,
    ...(platform.variant === undefined ? {} : { variant: platform.variant }),
    created,
    config: {
      User: user,
      WorkingDir: `/${places.source}`,
      Env: Object.entries(environment).map(([name, value]) => `${name}=${value}`),
      Cmd: [`/${places.programs}/${command}`],
      Labels: { ...(base.config.config?.Labels ?? {}), ...labels },
    },
    rootfs: {
      type: 'layers',
      diff_ids: [...(base.config.rootfs?.diff_ids ?? []), ...layers.map(({ layer }) => layer.diffId)],
    },
    history: [...(base.config.history ?? []), ...layers.map(({ createdBy }) => ({ created, created_by: createdBy }))],
  };
}
