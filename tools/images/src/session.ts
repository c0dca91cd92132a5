import {
  type Clock,
  connectionFailure,
  InputError,
  isLoopback,
  type Log,
  StepError,
  silentLog,
  withPatience,
} from '@luban-ci/core';
import { parseChallenges } from './challenge.ts';
import { anonymous, type CredentialLookup } from './credentials.ts';
import { type KeptAnswers, keptAnswersIn, nothingKept } from './kept-answers.ts';
import { registryFailure } from './registry-failure.ts';
import { authorizationOf, requestToken, type Token } from './token-source.ts';

export interface RegistryOptions {
  clock: Clock;
  /** Default: anonymous everywhere. */
  credentials?: CredentialLookup | undefined;
  /** Hosts, with port, that may be spoken to without TLS. This machine always may. */
  insecureHosts?: readonly string[] | undefined;
  log?: Log | undefined;
  signal?: AbortSignal | undefined;
  fetch?: typeof fetch | undefined;
  /** Between 0 and 1, for jitter. */
  random?: (() => number) | undefined;
  /** Per call until its answer begins, and for every pause inside a body. Default 30. */
  timeoutSeconds?: number | undefined;
  /** Waiting in all for one call, or for all pages of a list, back-off and `Retry-After` included. Default 60. */
  budgetSeconds?: number | undefined;
  /** Folder for answers that are kept between runs, for this account alone. By default nothing is kept. */
  keptIn?: string | undefined;
}

export interface RegistryRequest {
  registry: string;
  /** What is done, as an error begins: `Reading ghcr.io/a/b:1`. */
  action: string;
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  /** Path below the registry, `/v2/…`, or a whole URL that the registry itself gave (an upload's location). */
  target: string;
  scopes: readonly string[];
  /** Statuses that are an answer. Every other one is an error. */
  expected: readonly number[];
  headers?: Record<string, string>;
  /** Opened anew for every try. */
  body?: () => NonNullable<RequestInit['body']>;
  /** Waiting that calls of one kind share; without it, each has the session's own budget. */
  budget?: WaitingBudget;
}

export interface WaitingBudget {
  secondsLeft: number;
}

/** Speaks to registries: addresses, authorization, patience. */
export interface RegistrySession {
  /** @throws StepError, RetryableError or InputError for every status that was not expected */
  send(request: RegistryRequest): Promise<Response>;
  readonly timeoutSeconds: number;
  /** A budget for calls that belong together, such as the pages of a list. */
  newBudget(): WaitingBudget;
  readonly kept: KeptAnswers;
  /** Host, with port, that the registry's API is on. */
  apiHostOf(registry: string): string;
}

const usualBudgetSeconds = 60;

export function createSession(options: RegistryOptions): RegistrySession {
  const tokens = new Map<string, Promise<Token>>();
  const timeoutSeconds = options.timeoutSeconds ?? 30;
  const log = options.log ?? silentLog;
  return {
    timeoutSeconds,
    newBudget: () => ({ secondsLeft: options.budgetSeconds ?? usualBudgetSeconds }),
    kept: options.keptIn === undefined ? nothingKept : keptAnswersIn(options.keptIn),
    apiHostOf: (registry) => new URL(originOf(registry, options)).host,
    send: (request) =>
      withPatience(() => sendOnce(request, { options, tokens, timeoutSeconds }), {
        ...options,
        budgetSeconds: request.budget?.secondsLeft ?? options.budgetSeconds,
        onWait: (error, seconds) => {
          if (request.budget !== undefined) request.budget.secondsLeft -= seconds;
          log.info(`${error.message}; trying again in ${Math.ceil(seconds)} s`);
        },
      }),
  };
}

interface SessionState {
  options: RegistryOptions;
  /** By registry and scopes. A promise, so that calls side by side ask once. */
  tokens: Map<string, Promise<Token>>;
  timeoutSeconds: number;
}

async function sendOnce(request: RegistryRequest, state: SessionState): Promise<Response> {
  const url = addressOf(request, state.options);
  const key = [request.registry, ...request.scopes].join(' ');
  // A location on another host gets no credentials: it was the registry's word alone that led there.
  const isOwn = new URL(url).host === new URL(originOf(request.registry, state.options)).host;
  const known = isOwn ? await knownAuthorization(key, state) : undefined;
  const first = await dispatch(url, request, known, state);
  if (first.status !== 401 || !isOwn) return await expected(first, request, state);
  // Somebody beside us may have got a newer token meanwhile; only the refused one is given up.
  if (known !== undefined && (await knownAuthorization(key, state)) === known) state.tokens.delete(key);
  const fresh = await authorize(first, request, key, state);
  if (fresh === undefined) return await expected(first, request, state);
  await first.body?.cancel();
  return await expected(await dispatch(url, request, fresh, state), request, state);
}

async function knownAuthorization(key: string, state: SessionState): Promise<string | undefined> {
  const token = await state.tokens.get(key)?.catch(() => undefined);
  if (token === undefined) return undefined;
  if (token.expiresAt > state.options.clock.now().getTime()) return token.value;
  state.tokens.delete(key);
  return undefined;
}

/** Answers the registry's challenge: basic credentials as they are, or a token for these scopes. */
async function authorize(
  refused: Response,
  request: RegistryRequest,
  key: string,
  state: SessionState,
): Promise<string | undefined> {
  const challenges = parseChallenges(refused.headers.get('www-authenticate') ?? '');
  const credentials = (state.options.credentials ?? anonymous)(request.registry);
  const bearer = challenges.find((each) => each.scheme === 'bearer');
  if (bearer === undefined || credentials?.kind === 'registry-token') {
    const canBasic = challenges.some((each) => each.scheme === 'basic') || bearer !== undefined;
    if (credentials === undefined || !canBasic) return undefined;
    const value = authorizationOf(credentials);
    state.tokens.set(key, Promise.resolve({ value, expiresAt: Number.POSITIVE_INFINITY }));
    return value;
  }
  const pending =
    state.tokens.get(key) ??
    requestToken(
      { registry: request.registry, challenge: bearer, scopes: scopesFor(request, bearer.parameters), credentials },
      { ...state.options, timeoutSeconds: state.timeoutSeconds, insecureHosts: state.options.insecureHosts ?? [] },
    ).then((token) => ({ ...token, value: `Bearer ${token.value}` }));
  state.tokens.set(key, pending);
  pending.catch(() => state.tokens.delete(key));
  return (await pending).value;
}

function scopesFor(request: RegistryRequest, parameters: Record<string, string>): readonly string[] {
  if (request.scopes.length > 0) return request.scopes;
  return parameters['scope'] === undefined ? [] : [parameters['scope']];
}

async function dispatch(
  url: string,
  request: RegistryRequest,
  authorization: string | undefined,
  state: SessionState,
): Promise<Response> {
  const { options, timeoutSeconds } = state;
  // The limit ends with the headers: a body may be long, its readers watch for pauses of their own.
  const slow = new AbortController();
  const timer = setTimeout(() => slow.abort(), timeoutSeconds * 1000);
  const signal = options.signal === undefined ? slow.signal : AbortSignal.any([slow.signal, options.signal]);
  const body = request.body?.();
  try {
    return await (options.fetch ?? fetch)(url, {
      method: request.method,
      headers: { ...request.headers, ...(authorization === undefined ? {} : { authorization }) },
      redirect: request.method === 'GET' || request.method === 'HEAD' ? 'follow' : 'manual',
      signal,
      ...(body === undefined ? {} : { body, duplex: 'half' as const }),
    });
  } catch (error) {
    options.signal?.throwIfAborted();
    throw connectionFailure(
      error,
      `the registry ${request.registry}`,
      slow.signal.aborted ? timeoutSeconds : undefined,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function expected(response: Response, request: RegistryRequest, state: SessionState): Promise<Response> {
  if (request.expected.includes(response.status)) return response;
  const text = response.bodyUsed ? '' : (await startOf(response)).slice(0, 10_000);
  throw registryFailure(request.action, { ...pick(response), text }, state.options.clock.now());
}

function pick(response: Response): { status: number; headers: Headers } {
  return { status: response.status, headers: response.headers };
}

/** The beginning of an error body; however long it is, no more than its first chunks are read. */
async function startOf(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      if (text.length > 10_000) break;
    }
  } catch {
    // what arrived is enough to say what went wrong
  }
  return text;
}

function addressOf(request: RegistryRequest, options: RegistryOptions): string {
  const url = URL.parse(request.target, originOf(request.registry, options));
  if (url === null) throw new StepError(`${request.action} failed: the registry named an address that is none`);
  if (url.protocol !== 'https:' && !mayBePlain(url.host, options)) {
    throw new StepError(`${request.action} failed: the registry wants it sent to ${url.host} without TLS`);
  }
  return url.href;
}

/** Docker Hub's API is on a host of its own; every other registry is where its name says. */
function originOf(registry: string, options: RegistryOptions): string {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const origin = `${mayBePlain(registry, options) ? 'http' : 'https'}://${host}`;
  if (URL.parse(origin) === null) throw new InputError(`${JSON.stringify(registry)} is not a registry host`);
  return origin;
}

function mayBePlain(host: string, options: RegistryOptions): boolean {
  return isLoopback(host) || (options.insecureHosts?.includes(host) ?? false);
}
