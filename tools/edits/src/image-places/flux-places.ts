import { StepError } from '@luban-ci/core';
import { type ScalarAt, scalarsOf, type YamlFile } from '@luban-ci/yaml-text';
import { type ImageReference, isSameImage, parseImageReference } from '../image-reference.ts';
import { referenceOf, type VersionParts } from '../image-version.ts';
import { formatPath, type ImagePlace, type WantedVersion } from './image-place.ts';
import { wantedParts } from './wanted-parts.ts';

/** What a marker asks for: the whole reference, or one part of it. */
type MarkedPart = 'image' | 'tag' | 'name' | 'digest';

interface Marked {
  scalar: ScalarAt;
  /** `namespace:name` of the ImagePolicy. */
  policy: string;
  part: MarkedPart;
}

const markerPattern = /^[ \t,}\]]*#\s*\{\s*"\$imagepolicy"\s*:\s*"([^":\s]+:[^":\s]+)(?::(tag|name|digest))?"\s*\}/;

/** Scalars with a marker `# {"$imagepolicy": "namespace:name:tag"}` behind them on their line. */
export function fluxPlaces(yaml: YamlFile, policies: readonly string[], wanted: WantedVersion): ImagePlace[] {
  if (policies.length === 0) return [];
  return markedIn(yaml)
    .filter(({ policy }) => policies.includes(policy))
    .map((marked) => placeOf(yaml, marked, wanted));
}

/** The policies whose markers stand behind that image, by its name or by a whole reference to it. */
export function policiesOf(yaml: YamlFile, image: string): string[] {
  const naming = markedIn(yaml).filter(({ scalar, part }) => {
    const reference = part === 'image' || part === 'name' ? parseImageReference(scalar.text) : undefined;
    return reference !== undefined && isSameImage(reference.name, image);
  });
  return [...new Set(naming.map(({ policy }) => policy))];
}

function markedIn(yaml: YamlFile): Marked[] {
  if (!yaml.text.includes('$imagepolicy')) return [];
  return scalarsOf(yaml).flatMap((scalar): Marked[] => {
    const [, policy, part] = markerPattern.exec(scalar.rest) ?? [];
    return policy === undefined ? [] : [{ scalar, policy, part: isPart(part) ? part : 'image' }];
  });
}

function isPart(text: string | undefined): text is MarkedPart {
  return text === 'tag' || text === 'name' || text === 'digest';
}

function versionOf(reference: ImageReference | undefined): VersionParts {
  const { tag, digest } = reference ?? {};
  return { ...(tag === undefined ? {} : { tag }), ...(digest === undefined ? {} : { digest }) };
}

function isOnlyLookedFor({ to }: WantedVersion): boolean {
  return to.tag === undefined && to.digest === undefined;
}

function placeOf(yaml: YamlFile, { scalar, policy, part }: Marked, wanted: WantedVersion): ImagePlace {
  const { path, document, text } = scalar;
  const reference = part === 'image' ? parseImageReference(text) : undefined;
  const found = part === 'tag' || part === 'digest' ? { [part]: text } : versionOf(reference);
  const written = part === 'name' ? text : (reference?.name ?? '');
  const name = isSameImage(written, wanted.image) ? written : wanted.image;
  const values = {
    image: referenceOf(name, part === 'image' ? wantedParts(found, wanted) : {}),
    name,
    tag: wanted.to.tag,
    digest: wanted.to.digest,
  };
  const value = values[part];
  if (isOnlyLookedFor(wanted)) return { layout: 'flux', document, path, found, changes: {} };
  if (value !== undefined) {
    return { layout: 'flux', document, path, found, changes: { set: [{ path, value }] } };
  }
  throw new StepError(`${yaml.file} wants the ${part} of ${policy} as ${formatPath(path)}, and none was given`, {
    hint: 'Give tag and digest.',
  });
}
