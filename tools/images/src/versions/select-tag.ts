import { InputError } from '@luban-ci/core';
import type { Platform } from '../manifest.ts';
import type { ImageRepository } from '../reference.ts';
import type { RegistryClient } from '../registry-client.ts';
import { readCreatedAt } from './created-at.ts';
import { explainChoice, type PassedOver } from './explain-choice.ts';
import { missingPlatforms } from './platforms-of.ts';
import { type RankedTag, type RankedTags, rankTags } from './rank-tags.ts';
import { createTagFilter, type TagFilter } from './tag-filter.ts';
import { byAlphabet, byTime } from './tag-order.ts';
import { rankByPolicy, type TagPolicy } from './tag-policy.ts';

export interface TagRequest {
  repository: ImageRepository;
  policy: TagPolicy;
  filter?: { pattern: string; extract?: string } | undefined;
  /** The tag has to have an image for each of them. */
  platforms?: readonly Platform[] | undefined;
  /** How many images may be looked into, for their time or their platforms. Default 100. */
  mostLookedInto?: number | undefined;
}

/** The tag that a policy chooses, and why it is this one; without `tag` there is none. */
export interface TagSelection {
  tag?: string;
  digest?: string;
  /** The one that would be next. */
  runnerUp?: string;
  /** Sentences for people, the result first. */
  explanation: string[];
}

export type TagReader = Pick<RegistryClient, 'listTags' | 'resolve' | 'getManifest' | 'readImageConfig'>;

const mostAtOnce = 4;

/**
 * Chooses a tag of a repository. The list of tags is asked once; images are looked into only where the policy or the
 * platforms need it, best tag first.
 *
 * @throws InputError for a range, pattern or platform that is none, and when more images would have to be looked into
 *   than may be; StepError or RetryableError when the registry does not answer
 */
export async function selectTag(registry: TagReader, request: TagRequest): Promise<TagSelection> {
  const { policy, repository } = request;
  const limit = request.mostLookedInto ?? 100;
  if (policy.kind === 'digest') return choose(registry, request, onlyTag(policy.tag), limit);
  const filter = request.filter === undefined ? undefined : await createTagFilter(request.filter);
  if (policy.kind === 'semver') rankByPolicy([], policy); // a range that is none is said before anybody is asked
  const tags = (await registry.listTags(repository)) ?? [];
  const ranked =
    policy.kind === 'newest'
      ? await rankByAge(registry, request, tags, filter, limit)
      : rankByPolicy(tags, policy, filter);
  return choose(registry, request, ranked, limit);
}

/** The digest of one tag, whatever it is: a policy that lists nothing. */
function onlyTag(tag: string): RankedTags {
  return rankTags([tag], byAlphabet('ascending'));
}

async function rankByAge(
  registry: TagReader,
  { repository, platforms }: TagRequest,
  tags: readonly string[],
  filter: TagFilter | undefined,
  limit: number,
): Promise<RankedTags> {
  const matching = [...rankTags(tags, byAlphabet('ascending'), filter).bestFirst()].map(({ tag }) => tag);
  if (matching.length > limit) {
    throw new InputError(`${matching.length} images would have to be looked into, and ${limit} may be`, [
      { field: 'pattern', expected: 'expected one that fewer tags match; a time in the tag needs no looking into' },
    ]);
  }
  const createdAt = new Map<string, number>();
  await eachOf(matching, mostAtOnce, async (tag) => {
    const time = await readCreatedAt(registry, { ...repository, tag }, platforms?.[0]);
    if (time !== undefined) createdAt.set(tag, time);
  });
  return rankTags(tags, byTime(createdAt), filter);
}

async function choose(
  registry: TagReader,
  request: TagRequest,
  ranked: RankedTags,
  limit: number,
): Promise<TagSelection> {
  const passedOver: PassedOver[] = [];
  const { policy } = request;
  const inOrder = ranked.bestFirst();
  for (let next = inOrder.next(); !next.done && passedOver.length < limit; next = inOrder.next()) {
    const { tag } = next.value;
    const looked = await lookInto(registry, request, tag);
    if ('why' in looked) {
      passedOver.push({ tag, why: looked.why });
      continue;
    }
    const runnerUp: RankedTag | undefined = inOrder.next().value ?? undefined;
    const explanation = explainChoice({ policy, ranked, passedOver, winner: next.value, runnerUp });
    return { tag, digest: looked.digest, ...(runnerUp === undefined ? {} : { runnerUp: runnerUp.tag }), explanation };
  }
  return { explanation: explainChoice({ policy, ranked, passedOver }) };
}

/** The digest is that of the very manifest whose platforms were looked at. */
async function lookInto(
  registry: TagReader,
  { repository, platforms = [] }: TagRequest,
  tag: string,
): Promise<{ digest: string } | { why: string }> {
  const image = { ...repository, tag };
  if (platforms.length === 0) return (await registry.resolve(image)) ?? { why: 'is not there' };
  const manifest = await registry.getManifest(image);
  if (manifest === undefined) return { why: 'is not there' };
  const missing = await missingPlatforms(registry, image, manifest, platforms);
  return missing.length === 0 ? { digest: manifest.digest } : { why: `has no image for ${missing.join(', ')}` };
}

/** A few at a time, so that a registry is not stormed. */
async function eachOf<T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<void>): Promise<void> {
  const left = items.values();
  const worker = async (): Promise<void> => {
    for (const item of left) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, items.length) }, worker));
}
