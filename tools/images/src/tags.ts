import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import { bodyOf } from './body.ts';
import { parsedJson } from './manifest.ts';
import type { ImageRepository } from './reference.ts';
import type { RegistrySession } from './session.ts';

const TagPage = z.object({ tags: z.array(z.string()).nullish() });

const pageSize = 1000;
/** A million tags; a registry that has more pages than this is going in circles. */
const mostPages = 1000;
const pageLimitBytes = 10_000_000;

/** Every tag, following `Link: <…>; rel="next"` (distribution specification, "Listing tags"). */
export async function listTags(session: RegistrySession, repository: ImageRepository): Promise<string[] | undefined> {
  const name = `${repository.registry}/${repository.path}`;
  const tags: string[] = [];
  const seen = new Set<string>();
  let target: string | undefined = `/v2/${repository.path}/tags/list?n=${pageSize}`;
  while (target !== undefined) {
    if (seen.has(target) || seen.size === mostPages) throw new StepError(`Listing the tags of ${name} has no end`);
    seen.add(target);
    const response = await session.send({
      registry: repository.registry,
      action: `Listing the tags of ${name}`,
      method: 'GET',
      target,
      scopes: [`repository:${repository.path}:pull`],
      expected: [200, 404],
    });
    const bytes = await bodyOf(response, session, { what: `The tag list of ${name}`, limitBytes: pageLimitBytes });
    if (response.status === 404) return undefined;
    const page = TagPage.safeParse(parsedJson(bytes, `The tag list of ${name}`));
    if (!page.success) throw new StepError(`The tag list of ${name} is not one`, { cause: page.error });
    tags.push(...(page.data.tags ?? []));
    target = nextPage(response.headers.get('link'), target, repository);
  }
  return [...new Set(tags)];
}

/** The next page's path. Only the path and query are taken: a page on another host would carry our token there. */
function nextPage(link: string | null, current: string, repository: ImageRepository): string | undefined {
  const next = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(link ?? '')?.[1];
  if (next === undefined) return undefined;
  const base = `https://${repository.registry}`;
  const url = URL.parse(next, `${base}${current}`);
  const isAbsolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i.test(next);
  const listsSame = url?.pathname === `/v2/${repository.path}/tags/list`;
  if (url === null || !listsSame || (isAbsolute && url.host !== new URL(base).host)) {
    throw new StepError(`The registry ${repository.registry} names a next page that is not on its tag list`);
  }
  return `${url.pathname}${url.search}`;
}
