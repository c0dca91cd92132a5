import {
  type Answer,
  type Clock,
  exchange,
  InputError,
  isLoopback,
  type Log,
  RetryableError,
  silentLog,
  withPatience,
} from '@luban-ci/core';
import type { z } from 'zod';
import { forgeFailure } from './forge-failure.ts';
import { listPages, type NextPage } from './list-pages.ts';
import { parsed } from './parsed.ts';
import { type GivenToken, tokenAfterRefusal, tokenNow } from './token-source.ts';

/** What every provider is made with. */
export interface ForgeOptions {
  /** Of the web page, with a path where the forge lives below one: `https://git.corp/gitea`. */
  baseUrl: string;
  /** Access token; without one only what is public can be read. A source of tokens is asked once more after a 401. */
  token?: GivenToken;
  /** Azure DevOps only: `7.1`. Default: 7.1 for Services, 6.0 for a Server, and less where that is too new for it. */
  apiVersion?: string | undefined;
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
  /** Statuses that may be otherwise in a moment: asked again as a busy forge is, and then the failure that they are. */
  passing?: readonly number[];
}

export interface ListRequest extends Omit<ApiRequest, 'method' | 'expected' | 'body'> {
  /** Instead of the forge's usual one: some lists have another way to say it, or none. */
  pageSize?: Readonly<Record<string, string>>;
}

/** A small JSON client over one API root. */
export interface ApiClient {
  send(request: ApiRequest): Promise<Answer>;
  /** Sends and reads the body by a schema; `undefined` when the answer is 404 and that was expected. */
  read<S extends z.ZodType>(schema: S, request: ApiRequest): Promise<z.output<S> | undefined>;
  /** All items of a list that is cut into pages. */
  list<S extends z.ZodType>(schema: z.ZodArray<S>, request: ListRequest): Promise<z.output<S>[]>;
}

export interface ApiRules {
  /** For example `https://api.github.com`. */
  root: URL;
  headers: Record<string, string>;
  /** The header `authorization` for a token. */
  authorization(token: string): string;
  /** The query parameter that sets the size of a page, and the size asked for. */
  pageSize: Record<string, string>;
  /** How lists go on. Default: by number, for as long as `Link` names a next page. */
  nextPage?: NextPage;
  /** The field that holds a list's items, where the body is not the list itself. */
  listKey?: string;
  /** Whether a redirect is an answer: a forge that redirects to its sign-in page says 401 in its own way. */
  redirects?: 'follow' | 'manual';
  /** What is done before or after each call of this forge. */
  around?(send: ApiClient['send']): ApiClient['send'];
}

const limitBytes = 20_000_000;

export function createApiClient(options: ForgeOptions, rules: ApiRules): ApiClient {
  refusePlain(rules.root, options);
  const plainSend = (request: ApiRequest): Promise<Answer> => sendPatiently(request, options, rules);
  const send = rules.around?.(plainSend) ?? plainSend;
  return {
    send,
    read: async (schema, request) => {
      const answer = await send(request);
      return answer.status === 404 ? undefined : parsed(schema, answer, request.action);
    },
    list: (schema, request) => listPages(schema, request, send, rules),
  };
}

async function sendPatiently(request: ApiRequest, options: ForgeOptions, rules: ApiRules): Promise<Answer> {
  const isRepeatable = request.repeatable ?? request.method !== 'POST';
  const log = options.log ?? silentLog;
  const outcome = await withPatience(() => sendOnce(request, options, rules, isRepeatable), {
    ...options,
    onWait: (error, seconds) => log.info(`${error.message}; trying again in ${Math.ceil(seconds)} s`),
  }).catch((error: unknown) => {
    throw error instanceof PassingFailure ? error.cause : error;
  });
  if ('doubt' in outcome) throw outcome.doubt;
  return outcome.answer;
}

/** A refusal that patience may outlast; its cause is what it is when it does not. */
class PassingFailure extends RetryableError {}

/** An answer; or a failure after which nobody knows whether the call had its effect, so that it is not repeated. */
type Outcome = { answer: Answer } | { doubt: unknown };

async function sendOnce(
  request: ApiRequest,
  options: ForgeOptions,
  rules: ApiRules,
  isRepeatable: boolean,
): Promise<Outcome> {
  try {
    const answer = await authorized(request, options, rules);
    if (request.expected.includes(answer.status)) return { answer };
    const failure = forgeFailure(request.action, answer, options.clock.now());
    if (request.passing?.includes(answer.status)) throw new PassingFailure(failure.message, { cause: failure });
    // A rate limit says that nothing was done, so even a POST may be sent again.
    if (isRepeatable || answer.status < 500) throw failure;
    return { doubt: failure };
  } catch (error) {
    if (isRepeatable || error instanceof PassingFailure || !isConnectionFailure(error)) throw error;
    return { doubt: error };
  }
}

/** A 401 for a token that can be renewed is asked once more with another one, and not again. */
async function authorized(request: ApiRequest, options: ForgeOptions, rules: ApiRules): Promise<Answer> {
  const limits = { ...options, peer: rules.root.host, timeoutSeconds: options.timeoutSeconds ?? 30, limitBytes };
  const url = urlOf(request, rules);
  const token = await tokenNow(options.token);
  const answer = await exchange(url, initOf(request, rules, token), limits);
  if (answer.status !== 401) return answer;
  const renewed = await tokenAfterRefusal(options.token, token);
  return renewed === undefined ? answer : exchange(url, initOf(request, rules, renewed), limits);
}

function initOf(request: ApiRequest, rules: ApiRules, token: string | undefined): RequestInit {
  return {
    method: request.method,
    headers: {
      ...rules.headers,
      ...(token === undefined ? {} : { authorization: rules.authorization(token) }),
      ...(request.body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    redirect: request.method === 'GET' ? (rules.redirects ?? 'follow') : 'manual',
    ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
  };
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

function refusePlain(root: URL, options: ForgeOptions): void {
  if (root.protocol === 'https:') return;
  if (root.protocol === 'http:' && (isLoopback(root.host) || options.insecure === true)) return;
  throw new InputError(`The forge ${root.host} would be spoken to without TLS`, [], {
    hint: 'Give an https address; only this machine is spoken to without TLS.',
  });
}
