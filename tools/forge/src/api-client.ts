import {
  type Answer,
  type Clock,
  exchange,
  InputError,
  isLoopback,
  type Log,
  RetryableError,
  StepError,
  silentLog,
  withPatience,
} from '@luban-ci/core';
import type { z } from 'zod';
import { forgeFailure } from './forge-failure.ts';

/** What every provider is made with. */
export interface ForgeOptions {
  /** Of the web page, with a path where the forge lives below one: `https://git.corp/gitea`. */
  baseUrl: string;
  /** Access token; without one only what is public can be read. */
  token?: string | undefined;
  clock: Clock;
  log?: Log | undefined;
  signal?: AbortSignal | undefined;
  fetch?: typeof fetch | undefined;
  random?: (() => number) | undefined;
  /** Speak to a host that is not this machine without TLS. */
  insecure?: boolean | undefined;
  /** Per call. Default 30. */
  timeoutSeconds?: number | undefined;
  /** Waiting in all for one call. Default 60. */
  budgetSeconds?: number | undefined;
}

export interface ApiRequest {
  /** What is done, as an error begins: `Opening a pull request in payment/cart`. */
  action: string;
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Segments below the API's root; each is encoded. */
  path: readonly string[];
  query?: Record<string, string>;
  body?: unknown;
  /** Statuses that are an answer; every other one is an error. */
  expected: readonly number[];
  /** Whether doing it twice is the same as once. Default: everything but POST. */
  repeatable?: boolean;
}

/** A small JSON client over one API root. */
export interface ApiClient {
  send(request: ApiRequest): Promise<Answer>;
  /** Sends and reads the body by a schema; `undefined` when the answer is 404 and that was expected. */
  read<S extends z.ZodType>(schema: S, request: ApiRequest): Promise<z.output<S> | undefined>;
  /** All items of a list that is cut into pages (`Link: rel="next"`, `page=`). */
  list<S extends z.ZodType>(
    schema: z.ZodArray<S>,
    request: Omit<ApiRequest, 'method' | 'expected'>,
  ): Promise<z.output<S>[]>;
}

export interface ApiRules {
  /** For example `https://api.github.com`. */
  root: URL;
  headers: Record<string, string>;
  /** The query parameter that sets the size of a page, and the size asked for. */
  pageSize: Record<string, string>;
}

const limitBytes = 20_000_000;
/** A hundred thousand items of GitHub's page size; a list longer than this is going in circles. */
const mostPages = 1000;

export function createApiClient(options: ForgeOptions, rules: ApiRules): ApiClient {
  refusePlain(rules.root, options);
  const send = (request: ApiRequest): Promise<Answer> => sendPatiently(request, options, rules);
  return {
    send,
    read: async (schema, request) => {
      const answer = await send(request);
      return answer.status === 404 ? undefined : parsed(schema, answer, request.action);
    },
    list: (schema, request) => listPages(schema, request, send, rules),
  };
}

/** For an answer that must have a body: a 404 is among its errors. */
export async function required<T>(read: Promise<T | undefined>): Promise<T> {
  const value = await read;
  if (value === undefined) throw new StepError('The forge answered that something it has just made does not exist');
  return value;
}

export function parsed<S extends z.ZodType>(schema: S, answer: Answer, action: string): z.output<S> {
  const text = Buffer.from(answer.bytes).toString('utf8');
  const result = schema.safeParse(jsonOf(text, action));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  throw new StepError(
    `${action} failed: the forge's answer cannot be used (at ${issue?.path.join('.')}: ${issue?.message})`,
    {
      cause: result.error,
      hint: 'See that the address is that of the forge and not of something in front of it.',
    },
  );
}

function jsonOf(text: string, action: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new StepError(`${action} failed: the forge's answer is not JSON`, {
      cause,
      hint: 'See that the address is that of the forge and not of something in front of it, such as a login page.',
    });
  }
}

async function sendPatiently(request: ApiRequest, options: ForgeOptions, rules: ApiRules): Promise<Answer> {
  const isRepeatable = request.repeatable ?? request.method !== 'POST';
  const log = options.log ?? silentLog;
  const outcome = await withPatience(() => sendOnce(request, options, rules, isRepeatable), {
    ...options,
    onWait: (error, seconds) => log.info(`${error.message}; trying again in ${Math.ceil(seconds)} s`),
  });
  if ('doubt' in outcome) throw outcome.doubt;
  return outcome.answer;
}

/** An answer; or a failure after which nobody knows whether the call had its effect, so that it is not repeated. */
type Outcome = { answer: Answer } | { doubt: unknown };

async function sendOnce(
  request: ApiRequest,
  options: ForgeOptions,
  rules: ApiRules,
  isRepeatable: boolean,
): Promise<Outcome> {
  const init: RequestInit = {
    method: request.method,
    headers: { ...rules.headers, ...(request.body === undefined ? {} : { 'content-type': 'application/json' }) },
    redirect: request.method === 'GET' ? 'follow' : 'manual',
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  };
  const limits = { ...options, peer: rules.root.host, timeoutSeconds: options.timeoutSeconds ?? 30, limitBytes };
  try {
    const answer = await exchange(urlOf(request, rules), init, limits);
    if (request.expected.includes(answer.status)) return { answer };
    const failure = forgeFailure(request.action, answer, options.clock.now());
    // A rate limit says that nothing was done, so even a POST may be sent again.
    if (isRepeatable || answer.status < 500) throw failure;
    return { doubt: failure };
  } catch (error) {
    if (isRepeatable || !isConnectionFailure(error)) throw error;
    return { doubt: error };
  }
}

function isConnectionFailure(error: unknown): boolean {
  return error instanceof RetryableError && error.cause !== undefined;
}

function urlOf(request: ApiRequest, rules: ApiRules): string {
  const dotted = request.path.find((segment) => segment === '' || segment === '.' || segment === '..');
  if (dotted !== undefined) throw new InputError(`${request.action} failed: ${JSON.stringify(dotted)} is not a name`);
  const url = new URL(rules.root);
  url.pathname = [url.pathname.replace(/\/$/, ''), ...request.path.map(encodeURIComponent)].join('/');
  url.search = new URLSearchParams(request.query).toString();
  return url.href;
}

/** Only the fact that there is a next page is taken from `Link`, so that no list leads the token to another host. */
async function listPages<S extends z.ZodType>(
  schema: z.ZodArray<S>,
  request: Omit<ApiRequest, 'method' | 'expected'>,
  send: (request: ApiRequest) => Promise<Answer>,
  rules: ApiRules,
): Promise<z.output<S>[]> {
  const items: z.output<S>[] = [];
  for (let page = 1; page <= mostPages; page += 1) {
    const query = { ...request.query, ...rules.pageSize, page: String(page) };
    const answer = await send({ ...request, method: 'GET', query, expected: [200] });
    items.push(...parsed(schema, answer, request.action));
    if (!/\brel="?next"?/i.test(answer.headers.get('link') ?? '')) return items;
  }
  throw new StepError(`${request.action} failed: the list has no end`);
}

function refusePlain(root: URL, options: ForgeOptions): void {
  if (root.protocol === 'https:') return;
  if (root.protocol === 'http:' && (isLoopback(root.host) || options.insecure === true)) return;
  throw new InputError(`The forge ${root.host} would be spoken to without TLS`, [], {
    hint: 'Give an https address; only this machine is spoken to without TLS.',
  });
}
