import { RetryableError, StepError } from '@luban-ci/core';
import { accessFor, basicHeader, type ReadyAccess, renewedAccess } from './git-access.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';

/** What a server says when it is asked for a service: its HTTP status, or that it cannot be asked that way. */
export type ServerState =
  | { state: 'ready' }
  | { state: 'refused'; status: number }
  /** Over ssh: it does not take the key, or does not let it do this with the repository, whether there is one or not. */
  | { state: 'refused'; ssh: 'key' | 'repository' }
  /** Over ssh: its host key is not known, or is not the one that is. */
  | { state: 'untrusted'; host: string; key: 'unknown' | 'another' }
  | { state: 'absent' }
  | { state: 'moved'; to: string }
  | { state: 'unavailable'; retryAfterSeconds?: number }
  | { state: 'unknown' };

export type GitService = 'git-upload-pack' | 'git-receive-pack';

const askedMilliseconds = 10_000;

/**
 * Asks the server itself why it failed, so that nobody has to understand git's wording. Files cannot be asked.
 * A token that it does not take any more is renewed once, if it can be: whoever tries again after `ready` sends the new one.
 */
export async function serverState(settings: GitSettings, remote: GitUrl, service: GitService): Promise<ServerState> {
  if (remote.protocol === 'ssh') return (await import('./ssh-state.ts')).sshServerState(settings, remote, service);
  const access = await accessFor(settings, remote.origin);
  const state = await stateFor(settings, remote, service, access);
  if (access === undefined || state.state !== 'refused' || !('status' in state) || state.status !== 401) return state;
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
      if ('ssh' in state) return refusedOverSsh(what, state.ssh);
      return new StepError(`${what}: the server refused access (HTTP ${state.status})`, {
        hint: 'Check the user name and the token, and that it may do this on this repository.',
      });
    case 'untrusted':
      return untrustedHost(what, state);
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
      if (remote.protocol === 'file') return new StepError(`${what}${said(detail)}`);
      return new RetryableError(`${what}${said(detail)}`, {
        hint: remote.protocol === 'ssh' ? whatSshNeeds : undefined,
      });
  }
}

const whatSshNeeds =
  "ssh needs a key that the server takes (the input gitSshKey, or the machine's own), and the server's host key in the input gitKnownHosts or in ~/.ssh/known_hosts.";

function refusedOverSsh(what: string, refused: 'key' | 'repository'): StepError {
  if (refused === 'key') {
    return new StepError(`${what}: the server does not take the key`, {
      hint: 'Check the user name in the address, and that the public half of gitSshKey is registered there.',
    });
  }
  return new StepError(`${what}: the server takes the key, and does not give it that repository`, {
    hint: 'Check the address, and that the key may do this: a deploy key may be for another repository, or for reading alone.',
  });
}

function untrustedHost(what: string, { host, key }: ServerState & { state: 'untrusted' }): StepError {
  if (key === 'unknown') {
    return new StepError(`${what}: the host key of ${host} is not known`, {
      hint: `Give its line in the input gitKnownHosts, or add it to ~/.ssh/known_hosts, after comparing it with what the server's owner publishes.`,
    });
  }
  return new StepError(`${what}: the host key of ${host} is not the one that is known`, {
    hint: 'Somebody may be listening in. If the server has a new key, replace its line in gitKnownHosts or in ~/.ssh/known_hosts.',
  });
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
