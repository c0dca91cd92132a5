import { readFile } from 'node:fs/promises';
import type { Agent, ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { accessFor, basicHeader } from './git-access.ts';
import type { GitSettings } from './git-settings.ts';
import type { GitUrl } from './git-url.ts';
import { hasProxy } from './has-proxy.ts';
import type { GitService } from './server-state.ts';

/**
 * Requests to the two services of one repository, as gitprotocol-http(5) words them, on a connection that is kept. An
 * answer that is none of git, a redirect among them, is an error: then git itself has to be asked, which finds out why.
 */
export interface HttpLine extends Disposable {
  /** Whether a git answers at this address. */
  readonly hasAnswered: boolean;
  /** What a service says first: what it can do and, where it is asked so, which refs there are. */
  advertisement(service: GitService): Promise<Buffer>;
  ask(service: GitService, body: Uint8Array): Promise<Buffer>;
}

/** Who we say we are: some servers answer only what calls itself git. */
export const agent = 'git/luban-ci';

/** Milliseconds in which nothing comes; the same as `http.lowSpeedTime` for git. */
const longestSilence = 60_000;

/** @returns `undefined` where a repository is reached otherwise: over ssh, as a file, or through a proxy */
export function httpLine(settings: GitSettings, { url, protocol, origin }: GitUrl): HttpLine | undefined {
  if ((protocol !== 'http' && protocol !== 'https') || hasProxy(settings.environment, new URL(url))) return undefined;
  const address = url.replace(/\/+$/, '');
  let connections: Agent | undefined;
  let hasAnswered = false;
  const send = async (path: string, type: string, options: RequestOptions, body: Uint8Array): Promise<Buffer> => {
    // loaded when it is needed, and not with `import()`, which compiled code that is kept cannot do
    const { request, Agent } = process.getBuiltinModule(protocol === 'http' ? 'node:http' : 'node:https');
    connections ??= new Agent({
      keepAlive: true,
      ...(protocol === 'https' ? await trusted(settings.environment) : {}),
    });
    const access = await accessFor(settings, origin);
    const headers = {
      accept: `application/x-${type}`,
      'user-agent': agent,
      ...(access === undefined ? {} : { authorization: basicHeader(access) }),
      ...options.headers,
    };
    const asked: ClientRequest = request(`${address}${path}`, {
      ...options,
      headers,
      agent: connections,
      timeout: longestSilence,
      signal: settings.signal,
    });
    const answer = await answerTo(asked, body, `application/x-${type}`);
    hasAnswered = true;
    return answer;
  };
  return {
    get hasAnswered() {
      return hasAnswered;
    },
    advertisement: (service) =>
      send(`/info/refs?service=${service}`, `${service}-advertisement`, { headers: versionFor(service) }, nothing),
    ask: (service, body) => {
      const headers = {
        ...versionFor(service),
        'content-type': `application/x-${service}-request`,
        'content-length': body.length,
      };
      return send(`/${service}`, `${service}-result`, { method: 'POST', headers }, body);
    },
    [Symbol.dispose]: () => connections?.destroy(),
  };
}

const nothing = new Uint8Array();

/** Authorities of a file that git would go by, beside those that Node knows; a file that is not there adds none. */
async function trusted(environment: Readonly<Record<string, string>>): Promise<{ ca?: string[] }> {
  const file = environment['GIT_SSL_CAINFO'] ?? environment['SSL_CERT_FILE'];
  const own = file === undefined ? '' : await readFile(file, 'utf8').catch(() => '');
  if (own === '') return {};
  const tls = process.getBuiltinModule('node:tls');
  return { ca: [...(tls.getCACertificates?.('default') ?? tls.rootCertificates), own] };
}

/** Pushing knows no second version. */
function versionFor(service: GitService): Record<string, string> {
  return service === 'git-upload-pack' ? { 'git-protocol': 'version=2' } : {};
}

async function answerTo(asked: ClientRequest, body: Uint8Array, type: string): Promise<Buffer> {
  asked.on('timeout', () => asked.destroy(new Error('the server has fallen silent')));
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.on('error', reject);
  });
  asked.end(body);
  const answer = await answered;
  const bytes = Buffer.concat(await Array.fromAsync(answer as AsyncIterable<Buffer>));
  if (answer.statusCode !== 200 || answer.headers['content-type'] !== type)
    throw new Error(`the server answers with ${answer.statusCode} and ${answer.headers['content-type']}`);
  return bytes;
}
