import { type LoopbackServer, loopbackServer } from '@luban-ci/testing';

/** What Cloudflare has. */
export interface CloudflareState {
  tunnels: { id: string; name: string; ingress: unknown[] | null }[];
  records: { id: string; name: string; type: string; content: string; proxied?: boolean; comment?: string }[];
}

export interface CloudflareStandIn extends LoopbackServer {
  state: CloudflareState;
  /** Answers from now on with this, where it gives something. */
  setFault(fault: ((call: string) => number | undefined) | undefined): void;
}

const account = { id: 'account-1', name: 'Luban' };
const zone = { id: 'zone-1', name: 'metasync.example', account };

/**
 * Answers as Cloudflare's API v4 describes it, for one zone and one account: envelopes with `success`, `errors` and `result`, a refused
 * token, names that are there already.
 */
export async function cloudflareStandIn(token: string): Promise<CloudflareStandIn> {
  const state: CloudflareState = { tunnels: [], records: [] };
  let fault: ((call: string) => number | undefined) | undefined;
  const server = await loopbackServer(({ method, path, headers, body }, response) => {
    const reply = (status: number, result: unknown, message?: string): void => {
      const errors = message === undefined ? [] : [{ code: 1000 + status, message }];
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ success: message === undefined, errors, messages: [], result }));
    };
    const { pathname, searchParams } = new URL(path, 'http://cloudflare');
    const failing = fault?.(`${method} ${pathname}`);
    if (failing !== undefined) return reply(failing, null, 'unavailable');
    if (headers.authorization !== `Bearer ${token}`) return reply(403, null, 'Authentication error');
    const given: unknown = body === '' ? undefined : JSON.parse(body);
    const answer = answerTo(state, { method, path: pathname, name: searchParams.get('name'), given });
    return answer === undefined ? reply(404, null, 'Not found') : reply(answer.status, answer.result, answer.message);
  });
  return {
    ...server,
    state,
    setFault: (next) => {
      fault = next;
    },
  };
}

interface Asked {
  method: string;
  path: string;
  name: string | null;
  given: unknown;
}

interface Answer {
  status: number;
  result: unknown;
  message?: string;
}

function answerTo(state: CloudflareState, asked: Asked): Answer | undefined {
  const { method, path, name } = asked;
  if (method === 'GET' && path === '/zones') return done([zone].filter((each) => each.name === name));
  const [, tunnelPath] = /^\/accounts\/account-1\/cfd_tunnel(\/.*)?$/.exec(path) ?? [];
  if (path.startsWith('/accounts/account-1/cfd_tunnel')) return tunnelAnswer(state, asked, tunnelPath ?? '');
  const [, recordId] = /^\/zones\/zone-1\/dns_records(?:\/(.+))?$/.exec(path) ?? [];
  return path.startsWith('/zones/zone-1/dns_records') ? recordAnswer(state, asked, recordId) : undefined;
}

function tunnelAnswer({ tunnels }: CloudflareState, { method, name, given }: Asked, path: string): Answer | undefined {
  if (path === '' && method === 'GET') return done(tunnels.filter((each) => each.name === name).map(shown));
  if (path === '' && method === 'POST') {
    const wanted = given as { name: string; config_src?: string };
    if (tunnels.some((each) => each.name === wanted.name))
      return { status: 409, result: null, message: 'You already have a tunnel with this name.' };
    const tunnel = { id: `tunnel-${tunnels.length + 1}`, name: wanted.name, ingress: null };
    if (wanted.config_src === 'cloudflare') tunnels.push(tunnel);
    return done(shown(tunnel));
  }
  const [, id, part] = /^\/([^/]+)\/(configurations|token)$/.exec(path) ?? [];
  const tunnel = tunnels.find((each) => each.id === id);
  if (tunnel === undefined) return undefined;
  if (part === 'token') return done(`token of ${tunnel.id}`);
  if (method === 'PUT') tunnel.ingress = (given as { config: { ingress: unknown[] } }).config.ingress;
  const config = tunnel.ingress === null ? null : { ingress: tunnel.ingress, 'warp-routing': { enabled: false } };
  return done({ tunnel_id: tunnel.id, version: 1, config, source: 'cloudflare' });
}

function recordAnswer(
  { records }: CloudflareState,
  { method, name, given }: Asked,
  id: string | undefined,
): Answer | undefined {
  if (method === 'GET') return done(records.filter((each) => each.name === name));
  const wanted = given as Omit<CloudflareState['records'][number], 'id'>;
  if (method === 'POST') {
    if (records.some((each) => each.name === wanted.name))
      return { status: 400, result: null, message: 'An A, AAAA, or CNAME record with that host already exists.' };
    records.push({ id: `record-${records.length + 1}`, ...wanted });
    return done(records.at(-1));
  }
  const found = records.findIndex((each) => each.id === id);
  if (found === -1 || id === undefined) return undefined;
  records[found] = { id, ...wanted };
  return done(records[found]);
}

function shown({ id, name }: CloudflareState['tunnels'][number]) {
  return { id, account_tag: account.id, name, remote_config: true, status: 'inactive', deleted_at: null };
}

function done(result: unknown): Answer {
  return { status: 200, result };
}
