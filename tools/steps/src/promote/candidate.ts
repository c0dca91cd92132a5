import { StepError } from '@luban-ci/core';
import type { KustomizeImage, RecordEntry } from '@luban-ci/edits';
import { formatReference, parseRepository, type RegistryClient } from '@luban-ci/images';

/** What a source environment runs, with a digest that the registry has. */
export interface Candidate {
  /** Name of the entry in both overlays. */
  image: string;
  /** Where it is pulled from: the name, unless the overlay renames a short one. */
  repository: string;
  tag: string | undefined;
  digest: string;
  record: RecordEntry | undefined;
}

/**
 * The image to promote: never a placeholder or whatever else stands in for it, and only one that the registry has by
 * digest. The digest is the entry's, else the one recorded when exactly this tag was deployed, else what the tag stands
 * for now.
 *
 * @throws StepError when there is nothing that may be promoted
 */
export async function readCandidate(
  entry: KustomizeImage,
  record: RecordEntry | undefined,
  environment: { name: string; placeholder: string },
  registry: RegistryClient,
): Promise<Candidate> {
  requireOwnImage(entry, environment);
  const { name: image, newTag: tag } = entry;
  const repository = entry.newName ?? image;
  const recorded = record?.tag === tag ? record?.digest : undefined;
  const known = entry.digest ?? recorded;
  const place = parseRepository(repository);
  const wanted = known === undefined ? { ...place, tag: tag ?? 'latest' } : { ...place, digest: known };
  const found = await registry.resolve(wanted);
  if (found !== undefined) return { image, repository, tag, digest: found.digest, record };
  throw new StepError(`The registry does not have ${formatReference(wanted)}, which ${environment.name} asks for`, {
    hint: 'It was deleted, or never pushed. Build it again, and let it be deployed before it is promoted.',
  });
}

/** A full name with another image in its place is not what was built; a short name always stands for a full one. */
function requireOwnImage(
  { name, newName, newTag }: KustomizeImage,
  environment: { name: string; placeholder: string },
) {
  if (newName === undefined || newName === name) return;
  if (!name.includes('/') && newName !== environment.placeholder) return;
  const what = newName === environment.placeholder ? 'the placeholder' : 'another image in its place:';
  throw new StepError(`${environment.name} still runs ${what} ${newName}:${newTag ?? 'latest'}`, {
    hint: `Deploy ${name} to ${environment.name} first; only what was deployed there is promoted.`,
  });
}
