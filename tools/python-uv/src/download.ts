import { type Clock, messageOf, StepError } from '@luban-ci/core';
import { authorizationFor, type Login } from './netrc.ts';

export interface Downloading {
  fetch: typeof fetch;
  clock: Clock;
  logins: readonly Login[];
}

/** Seconds before each further try: a mirror that restarts is no reason to build again. */
const pauses = [1, 4];

/**
 * Gets a file by HTTP, with the login that netrc has for its host.
 *
 * @throws StepError when it is not there, or could not be had in three tries
 */
export async function download(url: URL, downloading: Downloading): Promise<Uint8Array> {
  for (const pause of [...pauses, undefined]) {
    const { bytes, failure, isFinal } = await tryOnce(url, downloading);
    if (bytes !== undefined) return bytes;
    if (isFinal || pause === undefined) {
      throw new StepError(`${url.origin}${url.pathname} could not be had: ${failure}`, {
        hint: 'BP_UV_RELEASE_BASE_URL names another place that releases of uv come from.',
      });
    }
    await downloading.clock.sleep(pause * 1000);
  }
  throw new StepError(`${url.origin}${url.pathname} was not asked for`);
}

async function tryOnce(
  url: URL,
  { fetch, logins }: Downloading,
): Promise<{ bytes?: Uint8Array; failure: string; isFinal: boolean }> {
  try {
    const authorization = authorizationFor(url, logins);
    const response = await fetch(withoutLogin(url), { headers: authorization === undefined ? {} : { authorization } });
    if (response.ok) return { bytes: new Uint8Array(await response.arrayBuffer()), failure: '', isFinal: true };
    const isFinal = response.status < 500 && response.status !== 429;
    return { failure: `the server answered ${response.status}`, isFinal };
  } catch (error) {
    const { cause } = error instanceof Error ? error : {};
    return { failure: messageOf(cause ?? error), isFinal: false };
  }
}

/** `fetch` refuses an address with a login, and tells it in the refusal. */
function withoutLogin(url: URL): URL {
  const open = new URL(url);
  open.username = '';
  open.password = '';
  return open;
}
