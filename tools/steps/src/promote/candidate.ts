import { StepError } from '@luban-ci/core';
import type { KustomizeImage, RecordEntry } from '@luban-ci/edits';
import { formatReference, parseRepository, type RegistryClient } from '@luban-ci/images';

/** What a source environment runs, with a digest that the registry has. */
export interface Candidate {
  /** Name of the entry in both overlays. */
  image: string;
  tag: string | undefined;
  digest: string;
  record: RecordEntry | undefined;
}

/**
 * The image to promote: never the placeholder of a new application, and only one that the registry has by digest. The
 * digest is the entry's, else the one recorded when exactly this tag was deployed, else what the tag stands for now.
 *
 * @throws StepError when there is nothing that may be promoted
 */
export async function readCandidate(
  entry: KustomizeImage,
  record: RecordEntry | undefined,
  environment: string,
  registry: RegistryClient,
): Promise<Candidate> {
  if (record === undefined && entry.newName !== undefined) {
    throw new StepError(`${environment} still runs the placeholder ${entry.newName}:${entry.newTag ?? 'latest'}`, {
      hint: `Deploy ${entry.name} to ${environment} first; only what was deployed there is promoted.`,
    });
  }
  const { newTag: tag } = entry;
  const repository = parseRepository(entry.newName ?? entry.name);
  const recorded = record?.tag === tag ? record?.digest : undefined;
  const known = entry.digest ?? recorded;
  const wanted = known === undefined ? { ...repository, tag: tag ?? 'latest' } : { ...repository, digest: known };
  const found = await registry.resolve(wanted);
  if (found !== undefined) return { image: entry.name, tag, digest: found.digest, record };
  throw new StepError(`The registry does not have ${formatReference(wanted)}, which ${environment} asks for`, {
    hint: 'It was deleted, or never pushed. Build it again, and let it be deployed before it is promoted.',
  });
}
