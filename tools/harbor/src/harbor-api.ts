import {
  type Answer,
  type Clock,
  exchange,
  InputError,
  isLoopback,
  RetryableError,
  StepError,
  withPatience,
} from '@luban-ci/core';
import type { z } from 'zod';
import { harborFailure } from './harbor-failure.ts';

export interface HarborOptions {
  /** Address of the web page: `https://harbor.example.com`. */
  url: string;
  username: string;
  password: string;
  fetch: typeof fetch;
  clock: Clock;
  signal: AbortSignal;
  /** Between 0 and 1, for jitter. */
  random?: () => number;
}

export interface HarborRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments below `/api/v2.0`. */
  path: readonly string[];
  /** Begins the sentence of a failure: `Creating the Harbor project payment`. */
  action: string;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** Statuses that are an answer; every other one is an error. */
  expected: readonly number[];
}

/** JSON over Harbor's API, with patience. */
export interface HarborApi {
  send(request: HarborRequest): Promise<Answer>;
  read<S extends z.ZodType>(schema: S, request: HarborRequest): Promise<z.output<S>>;
  /** All pages of a list. */
  list<S extends z.ZodType>(
    schema: z.ZodArray<S>,
    request: Pick<HarborRequest, 'path' | 'action' | 'query'>,
  ): Promise<z.output<S>[]>;
}

const limitBytes = 20_000_000;
/** The most that Harbor gives at a time (parameter `page_size` of its description). */
const pageSize = 100;
/** A list longer than this is going in circles. */
const mostPages = 1000;

/** @throws InputError when the password would travel without TLS */
export function createHarborApi(options: HarborOptions): HarborApi {
  refusePlain(options.url);
  const send = (request: HarborRequest): Promise<Answer> => sendPatiently(request, options);
  return {
    send,
    read: async (schema, request) => parsed(schema, await send(request), request.action),
    list: async (schema, request) => {
      const items: z.output<typeof schema> = [];
      for (let page = 1; page <= mostPages; page += 1) {
        const query = { ...request.query, page: String(page), page_size: String(pageSize) };
        const answer = await send({ ...request, method: 'GET', query, expected: [200] });
        const found = parsed(schema, answer, request.action);
        items.push(...found);
        if (found.length < pageSize || items.length >= totalOf(answer)) return items;
      }
      throw new StepError(`${request.action} failed: the list has no end`);
    },
  };
}

async function sendPatiently(request: HarborRequest, options: HarborOptions): Promise<Answer> {
  const { clock, signal, random } = options;
  const outcome = await withPatience(() => sendOnce(request, options), { clock, signal, random });
  if ('doubt' in outcome) throw outcome.doubt;
  return outcome.answer;
}

/** An answer; or a failure after which nobody knows whether the call had its effect, so that it is not repeated. */
type Outcome = { answer: Answer } | { doubt: RetryableError };

async function sendOnce(request: HarborRequest, options: HarborOptions): Promise<Outcome> {
  const isRepeatable = request.method !== 'POST';
  try {
    const answer = await exchange(urlOf(request, options.url), initOf(request, options), {
      ...{ peer: `Harbor at ${new URL(options.url).host}`, timeoutSeconds: 30, limitBytes },
      ...{ fetch: options.fetch, signal: options.signal },
    });
    if (request.expected.includes(answer.status)) return { answer };
    const failure = harborFailure(request.action, answer, options.clock.now());
    // 429 says that nothing was done, so even a POST may be sent again.
    if (failure instanceof RetryableError && !isRepeatable && answer.status !== 429) return { doubt: failure };
    throw failure;
  } catch (error) {
    if (!isRepeatable && error instanceof RetryableError && error.cause !== undefined) return { doubt: error };
    throw error;
  }
}

function initOf({ method, body }: HarborRequest, { username, password }: HarborOptions): RequestInit {
  return {
    method,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`,
      // A project whose name is a number would be taken for an id.
      'x-is-resource-name': 'true',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    redirect: 'manual',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function urlOf({ path, query = {} }: HarborRequest, root: string): string {
  const url = new URL(`${root.replace(/\/+$/, '')}/api/v2.0/${path.map(encodeURIComponent).join('/')}`);
  url.search = new URLSearchParams(query).toString();
  return url.href;
}

function totalOf(answer: Answer): number {
  const total = Number(answer.headers.get('x-total-count') ?? Number.NaN);
  return Number.isFinite(total) ? total : Number.POSITIVE_INFINITY;
}

/** @throws StepError when the body is something else */
function parsed<S extends z.ZodType>(schema: S, answer: Answer, action: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(new TextDecoder().decode(answer.bytes)));
  } catch (cause) {
    throw new StepError(`${action} failed: the answer is not one of Harbor's`, {
      cause,
      hint: 'See that the address is that of Harbor and not of something in front of it, such as a login page.',
    });
  }
}

function refusePlain(address: string): void {
  const url = URL.parse(address);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.host))) return;
  throw new InputError(`Harbor cannot be spoken to at ${address}`, [
    { field: 'harborUrl', expected: 'expected an https address; only this machine is spoken to without TLS' },
  ]);
}
