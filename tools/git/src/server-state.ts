import { RetryableError, StepError } from '@luban-ci/core';
import { accessFor, basicHeader, type ReadyAccess, renewedAccess } from './git-access.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';

/** What a server says when it is asked for a service: its HTTP status, or that it cannot be asked that way. */
export type ServerState =
  | { state: 'ready' }
  | { state: 'refused'; status: number }
  | { state: 'absent' }
  | { state: 'moved'; to: string }
  | { state: 'unavailable'; retryAfterSeconds?: number }
  | { state: 'unknown' };

export type GitService = 'git-upload-pack' | 'git-receive-pack';

const askedMilliseconds = 10_000;

/**
 * Asks the server itself why it failed, so that nobody has to understand git's wording. Only http and https can be asked.
 * A token that it does not take any more is renewed once, if it can be: whoever tries again after `ready` sends the new one.
 */
export async function serverState(settings: GitSettings, remote: GitUrl, service: GitService): Promise<ServerState> {
  const access = await accessFor(settings, remote.origin);
  const state = await stateFor(settings, remote, service, access);
  if (access === undefined || state.state !== 'refused' || state.status !== 401) return state;
  const renewed = await renewedAccess(settings, access);
  return renewed === undefined ? state : stateFor(settings, remote, service, renewed);
}

async function stateFor(
  settings: GitSettings,
  remote: GitUrl,
  service: GitService,
  access: ReadyAccess | undefined,
): Promise<ServerState> {
  if (remote.origin === undefined) return { state: 'unknown' };
  const headers = access === undefined ? {} : { authorization: basicHeader(access) };
  const signal = AbortSignal.any([settings.signal, AbortSignal.timeout(askedMilliseconds)]);
  try {
    const address = `${remote.url.replace(/\/+$/, '')}/info/refs?service=${service}`;
    const response = await fetch(address, { headers, signal, redirect: 'manual' });
    await response.body?.cancel();
    return stateOf(response, address);
  } catch {
    settings.signal.throwIfAborted();
    return { state: 'unavailable' };
  }
}

/** The error for a repository that could not be read or written, made from its server's state. */
export function remoteError(
  remote: GitUrl,
  state: ServerState,
  doing: string,
  detail: string,
): StepError | RetryableError {
  const what = `could not ${doing} ${remote.url}`;
  switch (state.state) {
    case 'refused':
      return new StepError(`${what}: the server refused access (HTTP ${state.status})`, {
        hint: 'Check the user name and the token, and that it may do this on this repository.',
      });
    case 'absent':
      return new StepError(`${what}: the server has no such repository, or hides it from this account`, {
        hint: 'Check the address, and that the account may see it.',
      });
    case 'moved':
      return new StepError(`${what}: the server sends it on to ${state.to}`, {
        hint: 'Use that address, if it is the right one: credentials are not sent after a redirect.',
      });
    case 'unavailable':
      return new RetryableError(`${what}: the server cannot be reached or is busy`, state);
    case 'ready':
      return new RetryableError(`${what}: the connection broke`, { cause: detail });
    case 'unknown':
      return remote.protocol === 'file'
        ? new StepError(`${what}${said(detail)}`)
        : new RetryableError(`${what}${said(detail)}`);
  }
}

function stateOf(response: Response, address: string): ServerState {
  const { status } = response;
  const location = response.headers.get('location');
  if (status >= 300 && status < 400 && location !== null)
    return { state: 'moved', to: repositoryAt(location, address) };
  if (status === 200) return { state: 'ready' };
  if (status === 401 || status === 403) return { state: 'refused', status };
  if (status === 429 || status >= 500) {
    const seconds = Number(response.headers.get('retry-after') ?? '');
    return { state: 'unavailable', ...(seconds > 0 ? { retryAfterSeconds: seconds } : {}) };
  }
  return { state: 'absent' };
}

/** What is in front of `/info/refs`, without whatever else the location holds. */
function repositoryAt(location: string, address: string): string {
  const { origin, pathname } = new URL(location, address);
  return `${origin}${pathname.replace(/\/info\/refs$/, '')}`;
}

function said(detail: string): string {
  const line = detail.trim().split('\n').at(-1);
  return line === undefined || line === '' ? '' : `: ${line}`;
}
