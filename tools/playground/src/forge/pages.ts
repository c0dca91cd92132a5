import { json, type Reply } from '../server/reply.ts';
import type { ApiCall } from './world.ts';

const mostPerPage = 50;
const usualPerPage = 30;

/** One page of a list, with `Link` and `X-Total-Count` as Gitea sends them. */
export function paged(call: ApiCall, path: string, items: readonly unknown[]): Reply {
  const limit = Math.min(positive(call.query.get('limit')) ?? usualPerPage, mostPerPage);
  const page = positive(call.query.get('page')) ?? 1;
  const last = Math.max(1, Math.ceil(items.length / limit));
  const linkTo = (number: number, rel: string): string => {
    const query = new URLSearchParams(call.query);
    query.set('page', String(number));
    return `<${call.world.baseUrl}/api/v1/${path}?${query}>; rel="${rel}"`;
  };
  const links = page < last ? [linkTo(page + 1, 'next'), linkTo(last, 'last')] : [];
  return json(200, items.slice((page - 1) * limit, page * limit), {
    'x-total-count': String(items.length),
    ...(links.length === 0 ? {} : { link: links.join(',') }),
  });
}

function positive(text: string | null): number | undefined {
  return text !== null && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : undefined;
}
