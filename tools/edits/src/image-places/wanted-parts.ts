import type { VersionParts } from '../image-version.ts';
import type { WantedVersion } from './image-place.ts';

/**
 * Which of tag and digest have to stand in a place that has `found` now. One that is not asked for goes, because an old
 * digest would win over a new tag, and an old tag would be a lie beside a new digest.
 */
export function wantedParts(found: VersionParts, { to, pin }: Pick<WantedVersion, 'to' | 'pin'>): VersionParts {
  const { tag, digest } = to;
  if (tag === undefined || digest === undefined || pin === 'always') return to;
  if (found.digest === undefined) return { tag };
  return found.tag === undefined ? { digest } : { tag, digest };
}
