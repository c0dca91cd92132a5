import { InputError } from '@luban-ci/core';
import type { ImageVersion } from '@luban-ci/edits';

/** Tag, digest or both, as an edit takes them. @throws InputError when neither is given */
export function imageVersion(given: { imageTag?: string | undefined; digest?: string | undefined }): ImageVersion {
  const { imageTag: tag, digest } = given;
  if (tag !== undefined && digest !== undefined) return { tag, digest };
  if (tag !== undefined) return { tag };
  if (digest !== undefined) return { digest };
  throw new InputError('There is no version to set', [
    { field: 'imageTag', expected: 'expected a tag, a digest, or both' },
  ]);
}
