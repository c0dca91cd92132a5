import { RetryableError, StepError } from '@luban-ci/core';
import { z } from 'zod';

/** The part of Cloudflare's API v4 that a tunnel needs (https://developers.cloudflare.com/api/). */
export interface Cloudflare {
  findZone(name: string): Promise<Zone | undefined>;
  findTunnel(accountId: string, name: string): Promise<Tunnel | undefined>;
  /** One that gets its configuration from Cloudflare. */
  createTunnel(accountId: string, name: string): Promise<Tunnel>;
  /** Where requests go; empty for a tunnel that has no configuration yet. */
  readIngress(accountId: string, tunnelId: string): Promise<Ingress[]>;
  writeIngress(accountId: string, tunnelId: string, ingress: readonly Ingress[]): Promise<void>;
  /** With what the tunnel's connector logs in. */
  readToken(accountId: string, tunnelId: string): Promise<string>;
  listRecords(zoneId: string, name: string): Promise<DnsRecord[]>;
  createRecord(zoneId: string, record: WantedRecord): Promise<void>;
  changeRecord(zoneId: string, id: string, record: WantedRecord): Promise<void>;
}

const Zone = z.looseObject({ id: z.string(), name: z.string(), account: z.looseObject({ id: z.string() }) });
export type Zone = z.output<typeof Zone>;
const Tunnel = z.looseObject({ id: z.string(), name: z.string(), remote_config: z.boolean().optional() });
export type Tunnel = z.output<typeof Tunnel>;
const Ingress = z.looseObject({ hostname: z.string().optional(), path: z.string().optional(), service: z.string() });
export type Ingress = z.output<typeof Ingress>;
const Configuration = z.looseObject({
  config: z.looseObject({ ingress: z.array(Ingress).nullish() }).nullish(),
});
const DnsRecord = z.looseObject({
  ...{ id: z.string(), name: z.string(), type: z.string(), content: z.string(), proxied: z.boolean().optional() },
});
export type DnsRecord = z.output<typeof DnsRecord>;

/** `proxied`: only then Cloudflare answers for the name, and brings requests to the tunnel. */
export interface WantedRecord {
  type: 'CNAME';
  name: string;
  content: string;
  proxied: true;
  comment: string;
}

const Envelope = z.looseObject({
  success: z.boolean(),
  result: z.unknown(),
  errors: z.array(z.looseObject({ code: z.number().optional(), message: z.string() })).default([]),
});

export interface CloudflareAccess {
  /** `https://api.cloudflare.com/client/v4` */
  url: string;
  token: string;
  signal: AbortSignal;
}

/** Every method throws StepError when Cloudflare refuses, RetryableError when it is away or asks to wait. */
export function createCloudflare(access: CloudflareAccess): Cloudflare {
  const call = <T>(what: string, path: string, schema: z.ZodType<T>, method = 'GET', body?: unknown): Promise<T> =>
    callApi(access, { what, path, method, body }, schema);
  const tunnels = (accountId: string): string => `accounts/${accountId}/cfd_tunnel`;
  const records = (zoneId: string): string => `zones/${zoneId}/dns_records`;
  return {
    findZone: async (name) => (await call('finding the zone', `zones?name=${name}`, z.array(Zone)))[0],
    findTunnel: async (accountId, name) => {
      const query = `name=${encodeURIComponent(name)}&is_deleted=false`;
      const found = await call('finding the tunnel', `${tunnels(accountId)}?${query}`, z.array(Tunnel));
      return found.find((tunnel) => tunnel.name === name);
    },
    createTunnel: (accountId, name) =>
      call('making the tunnel', tunnels(accountId), Tunnel, 'POST', { name, config_src: 'cloudflare' }),
    readIngress: async (accountId, id) => {
      const path = `${tunnels(accountId)}/${id}/configurations`;
      return (await call('reading the configuration', path, Configuration.nullish()))?.config?.ingress ?? [];
    },
    writeIngress: async (accountId, id, ingress) => {
      const path = `${tunnels(accountId)}/${id}/configurations`;
      await call('writing the configuration', path, z.unknown(), 'PUT', { config: { ingress } });
    },
    readToken: (accountId, id) => call('reading the token', `${tunnels(accountId)}/${id}/token`, z.string().min(1)),
    listRecords: (zoneId, name) => call('reading DNS', `${records(zoneId)}?name=${name}`, z.array(DnsRecord)),
    createRecord: async (zoneId, record) =>
      void (await call('writing DNS', records(zoneId), z.unknown(), 'POST', record)),
    changeRecord: async (zoneId, id, record) =>
      void (await call('writing DNS', `${records(zoneId)}/${id}`, z.unknown(), 'PUT', record)),
  };
}

interface Call {
  what: string;
  path: string;
  method: string;
  body: unknown;
}

async function callApi<T>({ url, token, signal }: CloudflareAccess, call: Call, schema: z.ZodType<T>): Promise<T> {
  const { what, path, method, body } = call;
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${url}/${path}`, { method, headers, signal, ...content }).catch((cause) => {
    signal.throwIfAborted();
    throw new RetryableError(`Cloudflare was not reached for ${what}`, { cause });
  });
  if (answer.status === 429 || answer.status >= 500)
    throw new RetryableError(`Cloudflare answered ${answer.status} to ${what}; try again later`);
  const envelope = Envelope.safeParse(await answer.json().catch(() => undefined));
  if (!envelope.success)
    throw new StepError(`Cloudflare answered ${answer.status} to ${what}, and not as its API does`);
  if (!envelope.data.success) throw refused(what, answer.status, envelope.data.errors);
  const result = schema.safeParse(envelope.data.result);
  if (result.success) return result.data;
  throw new StepError(`Cloudflare’s answer to ${what} is not what its API describes`, { cause: result.error });
}

function refused(what: string, status: number, errors: readonly { message: string }[]): StepError {
  const said = errors.map(({ message }) => message).join('; ');
  const isAccess = status === 401 || status === 403;
  const hint = isAccess
    ? 'The token needs "Cloudflare Tunnel: Edit" on the account and "DNS: Edit" on the zone.'
    : undefined;
  return new StepError(`Cloudflare refused ${what} (${status}): ${said || 'it does not say why'}`, { hint });
}
