import { type Answer, StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiRequest, ApiRules, ListRequest } from './api-client.ts';
import { parsed } from './parsed.ts';

/** The query of the page after this one; `undefined` when this was the last. */
export type NextPage = (answer: Answer, query: Readonly<Record<string, string>>) => Record<string, string> | undefined;

/** A hundred thousand items of GitHub's page size; a list longer than this is going in circles. */
const mostPages = 1000;

/** Reads a list to its end. No answer leads the token to another host or path: only a query is taken from it. */
export async function listPages<S extends z.ZodType>(
  schema: z.ZodArray<S>,
  { pageSize, ...request }: ListRequest,
  send: (request: ApiRequest) => Promise<Answer>,
  rules: ApiRules,
): Promise<z.output<S>[]> {
  const items: z.output<S>[] = [];
  const nextPage = rules.nextPage ?? byNumber;
  let query: Record<string, string> | undefined = { ...request.query, ...(pageSize ?? rules.pageSize) };
  for (let page = 0; page < mostPages; page += 1) {
    const answer = await send({ ...request, method: 'GET', query, expected: [200] });
    items.push(...itemsOf(schema, answer, request.action, rules));
    query = nextPage(answer, query);
    if (query === undefined) return items;
  }
  throw new StepError(`${request.action} failed: the list has no end`);
}

/** `Link: rel="next"` says that there is another page; its number is counted here. */
export const byNumber: NextPage = (answer, query) =>
  nextLink(answer.headers) === undefined ? undefined : { ...query, page: String(Number(query['page'] ?? '1') + 1) };

/**
 * GitLab: the query of the next link, which is a number (offset) or a cursor (keyset); some proxies drop `Link`, and then
 * `X-Next-Page` tells.
 */
export const byLinkOrHeader: NextPage = (answer, query) => {
  const link = nextLink(answer.headers);
  if (link !== undefined) return { ...query, ...Object.fromEntries(link.searchParams) };
  const page = answer.headers.get('x-next-page');
  return page ? { ...query, page } : undefined;
};

/** Azure DevOps: a header with a token, where there are more. */
export const byContinuationToken: NextPage = (answer, query) => {
  const continuationToken = answer.headers.get('x-ms-continuationtoken');
  return continuationToken ? { ...query, continuationToken } : undefined;
};

function nextLink(headers: Headers): URL | undefined {
  const next = (headers.get('link') ?? '').split(/,(?=\s*<)/).find((each) => /;\s*rel="?next"?/i.test(each));
  const address = next === undefined ? undefined : (/<([^>]*)>/.exec(next)?.[1] ?? '');
  return address === undefined ? undefined : (URL.parse(address, 'https://relative.invalid') ?? undefined);
}

function itemsOf<S extends z.ZodType>(
  schema: z.ZodArray<S>,
  answer: Answer,
  action: string,
  rules: ApiRules,
): z.output<S>[] {
  if (rules.listKey === undefined) return parsed(schema, answer, action);
  return parsed(z.object({ [rules.listKey]: schema }), answer, action)[rules.listKey] ?? [];
}
