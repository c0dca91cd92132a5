import type { IncomingMessage } from 'node:http';
import type { Clock } from '@luban-ci/core';
import type { ContentStore } from '../registry/content-store.ts';
import { HttpFailure, json, type Reply } from '../server/reply.ts';
import type { HarborStore } from './harbor-state.ts';

/** One call of Harbor's API by its administrator. */
export interface HarborCall {
  store: HarborStore;
  content: ContentStore;
  clock: Clock;
  request: IncomingMessage;
  query: URLSearchParams;
  /** Name of the administrator. */
  user: string;
}

/** How Harbor words a refusal (src/lib/http/error.go). */
export function refusal(status: number, message: string, headers: Record<string, string> = {}): Reply {
  const codes: Record<number, string> = {
    400: 'BAD_REQUEST',
    401: 'UNAUTHORIZED',
    403: 'FORBIDDEN',
    404: 'NOT_FOUND',
    409: 'CONFLICT',
    412: 'PRECONDITION',
  };
  return json(status, { errors: [{ code: codes[status] ?? 'UNKNOWN', message }] }, headers);
}

/** `q=name=payment,Level=project`: the exact matches of Harbor's query language, the only ones here. */
export function exactMatches(query: URLSearchParams): Record<string, string> {
  const parts = (query.get('q') ?? '').split(',').filter((part) => part !== '');
  return Object.fromEntries(
    parts.map((part) => {
      const [, key = '', value = ''] = /^([A-Za-z_]+)=(?![~[{(])(.*)$/.exec(part) ?? [];
      if (key === '') throw new HttpFailure(400, `only exact matches (k=v) are known here, not ${part}`);
      return [key.toLowerCase(), value];
    }),
  );
}

const defaultPageSize = 10;
const largestPageSize = 100;

/** One page, with the headers by which a client finds the others. */
export function paged(call: HarborCall, items: readonly unknown[]): Reply {
  const page = Number(call.query.get('page') ?? '1');
  const size = Number(call.query.get('page_size') ?? String(defaultPageSize));
  if (!Number.isInteger(page) || page < 1 || !Number.isInteger(size) || size < 1 || size > largestPageSize)
    throw new HttpFailure(400, `page counts from 1, and page_size goes to ${largestPageSize}`);
  return json(200, items.slice((page - 1) * size, page * size), { 'x-total-count': String(items.length) });
}
