import { type Clock, exchange, InputError, isLoopback, StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { Challenge } from './challenge.ts';
import type { RegistryCredentials } from './credentials.ts';
import { parsedJson } from './manifest.ts';

/** Where a token is asked for and what it shall allow. */
export interface TokenRequest {
  registry: string;
  challenge: Challenge;
  /** For example `repository:payment/cart:pull,push`. */
  scopes: readonly string[];
  credentials: RegistryCredentials | undefined;
}

export interface Token {
  value: string;
  expiresAt: number;
}

export interface TokenOptions {
  clock: Clock;
  timeoutSeconds: number;
  insecureHosts: readonly string[];
  fetch?: typeof fetch | undefined;
  signal?: AbortSignal | undefined;
}

const TokenAnswer = z.object({
  token: z.string().optional(),
  access_token: z.string().optional(),
  expires_in: z.number().nullish(),
});

/** Answers shorter than this are not believed (distribution's token specification names 60 as the least). */
const leastSeconds = 60;
/** Tokens are given up a little early, so that none ends while a call is under way. */
const marginSeconds = 10;

/**
 * Gets a bearer token by the docker registry token authentication specification: GET with basic credentials or none,
 * POST with a refresh token when there is an identity token.
 *
 * @throws StepError when the token service refuses; RetryableError when it cannot be reached
 */
export async function requestToken(request: TokenRequest, options: TokenOptions): Promise<Token> {
  const realm = checkedRealm(request, options);
  const answer = await askService(request, realm, options);
  if (answer.status !== 200) throw serviceFailure(request, realm, answer.status);
  const where = `The answer of the token service ${realm.host}`;
  const body = TokenAnswer.safeParse(parsedJson(answer.bytes, where));
  const value = body.data?.token ?? body.data?.access_token;
  if (!value) throw new StepError(`${where} holds no token`);
  const seconds = Math.max(body.data?.expires_in ?? leastSeconds, leastSeconds) - marginSeconds;
  return { value, expiresAt: options.clock.now().getTime() + seconds * 1000 };
}

function checkedRealm(request: TokenRequest, options: TokenOptions): URL {
  const realm = URL.parse(request.challenge.parameters['realm'] ?? '');
  if (realm === null) throw new StepError(`${request.registry} asks for a token but does not say where to get it`);
  const plainAllowed = isLoopback(realm.host) || options.insecureHosts.includes(realm.host);
  if (realm.protocol !== 'https:' && !(realm.protocol === 'http:' && plainAllowed)) {
    throw new InputError(`${request.registry} wants credentials sent to ${realm.host} without TLS`, [], {
      hint: 'Credentials are sent without TLS only to this machine, or to hosts that are named as insecure.',
    });
  }
  return realm;
}

function askService(request: TokenRequest, realm: URL, options: TokenOptions): ReturnType<typeof exchange> {
  const { service } = request.challenge.parameters;
  const limits = { ...options, peer: `the token service ${realm.host}`, limitBytes: 1_000_000 };
  if (request.credentials?.kind === 'identity-token') {
    const form = new URLSearchParams({
      grant_type: 'refresh_token',
      client_id: 'luban-ci',
      refresh_token: request.credentials.token,
      scope: request.scopes.join(' '),
      ...(service === undefined ? {} : { service }),
    });
    return exchange(realm.href, { method: 'POST', body: form, redirect: 'error' }, limits);
  }
  const url = new URL(realm);
  if (service !== undefined) url.searchParams.set('service', service);
  for (const scope of request.scopes) url.searchParams.append('scope', scope);
  const headers = request.credentials === undefined ? {} : { authorization: authorizationOf(request.credentials) };
  return exchange(url.href, { headers }, limits);
}

/** The header value for credentials that are sent without a token service. */
export function authorizationOf(credentials: RegistryCredentials): string {
  if (credentials.kind !== 'basic') return `Bearer ${credentials.token}`;
  return `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`;
}

function serviceFailure(request: TokenRequest, realm: URL, status: number): Error {
  const who = request.credentials === undefined ? 'without credentials' : 'with the credentials given';
  return new StepError(`The token service ${realm.host} of ${request.registry} refused access ${who} (${status})`, {
    hint: `See that the docker configuration has an entry for ${request.registry} whose password is still valid.`,
  });
}
