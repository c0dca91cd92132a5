import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import { bodyOf } from './body.ts';
import { parsedJson } from './manifest.ts';
import type { ImageRepository } from './reference.ts';
import type { RegistrySession, WaitingBudget } from './session.ts';
import { isOneList, type KeptPage, readKeptPages, writeKeptPages } from './tag-pages.ts';

const TagPage = z.object({ tags: z.array(z.string()).nullish() });

const pageSize = 1000;
/** A million tags; a registry that has more pages than this is going in circles. */
const mostPages = 1000;
const pageLimitBytes = 10_000_000;

/**
 * Every tag, following `Link: <…>; rel="next"` (distribution specification, "Listing tags"). Pages that were kept are
 * asked for with their ETag and not sent again while it is still theirs. Where all pages had one and the same ETag, it is
 * the list's, and the first page speaks for all.
 */
export async function listTags(session: RegistrySession, repository: ImageRepository): Promise<string[] | undefined> {
  const kept = await readKeptPages(session.kept, repository);
  const pages: KeptPage[] = [];
  const seen = new Set<string>();
  const budget = session.newBudget();
  let target: string | undefined = `/v2/${repository.path}/tags/list?n=${pageSize}`;
  while (target !== undefined) {
    if (seen.has(target) || seen.size === mostPages) {
      throw new StepError(`Listing the tags of ${nameOf(repository)} has no end`);
    }
    seen.add(target);
    const known = kept.find((page) => page.target === target);
    const page = await readPage(session, repository, { target, known, budget });
    if (page === undefined) return undefined;
    if (page === known && pages.length === 0 && isOneList(kept)) return tagsOf(kept);
    pages.push(page);
    target = page.next;
  }
  await writeKeptPages(session.kept, repository, { before: kept, pages });
  return tagsOf(pages);
}

/** The page as it is now: the very one that is known where that has not changed. */
async function readPage(
  session: RegistrySession,
  repository: ImageRepository,
  { target, known, budget }: { target: string; known: KeptPage | undefined; budget: WaitingBudget },
): Promise<KeptPage | undefined> {
  const name = nameOf(repository);
  const response = await session.send({
    registry: repository.registry,
    action: `Listing the tags of ${name}`,
    method: 'GET',
    target,
    scopes: [`repository:${repository.path}:pull`],
    budget,
    expected: known === undefined ? [200, 404] : [200, 304, 404],
    ...(known === undefined ? {} : { headers: { 'if-none-match': known.etag } }),
  });
  if (response.status === 304) {
    await response.body?.cancel();
    return known;
  }
  const bytes = await bodyOf(response, session, { what: `The tag list of ${name}`, limitBytes: pageLimitBytes });
  if (response.status === 404) return undefined;
  const page = TagPage.safeParse(parsedJson(bytes, `The tag list of ${name}`));
  if (!page.success) throw new StepError(`The tag list of ${name} is not one`, { cause: page.error });
  const next = nextPage(response.headers.get('link'), target, repository, session);
  const etag = response.headers.get('etag') ?? '';
  return { target, etag, tags: page.data.tags ?? [], ...(next === undefined ? {} : { next }) };
}

function tagsOf(pages: readonly KeptPage[]): string[] {
  return [...new Set(pages.flatMap(({ tags }) => tags))];
}

function nameOf({ registry, path }: ImageRepository): string {
  return `${registry}/${path}`;
}

/** The next page's path. Only the path and query are taken: a page on another host would carry our token there. */
function nextPage(
  link: string | null,
  current: string,
  repository: ImageRepository,
  session: RegistrySession,
): string | undefined {
  const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '')?.[1];
  if (next === undefined) return undefined;
  const host = session.apiHostOf(repository.registry);
  const url = URL.parse(next, `https://${host}${current}`);
  const isAbsolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(next);
  const listsSame = url?.pathname === `/v2/${repository.path}/tags/list`;
  if (url === null || !listsSame || (isAbsolute && url.host !== host)) {
    throw new StepError(`The registry ${repository.registry} names a next page that is not on its tag list`);
  }
  return `${url.pathname}${url.search}`;
}
