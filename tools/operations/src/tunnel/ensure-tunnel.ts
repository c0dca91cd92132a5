import { StepError } from '@luban-ci/core';
import { type Ensured, ensureObject, type Mark, showDifference, type WritableKube } from '@luban-ci/kube';
import type { Cloudflare, DnsRecord, Ingress, Tunnel, WantedRecord, Zone } from './cloudflare-api.ts';
import { connectorSecret, ensureConnector } from './connector-objects.ts';

/** A tunnel as it is wanted. */
export interface TunnelWish {
  name: string;
  hostname: string;
  /** Where requests for the host name go. */
  service: string;
  image: string;
  namespace: string;
  /** The zone of the host name; by default found by its name. */
  zone?: string | undefined;
}

interface Around {
  cloudflare: Cloudflare;
  kube: WritableKube;
  dryRun: boolean;
}

const mark: Mark = { step: 'tunnel-setup', owner: 'luban-ci' };

/**
 * Ensures a tunnel with all that it needs, at Cloudflare and in the cluster, one after the other: what was made before a run broke off is
 * found by the next.
 *
 * @throws StepError when no zone is for the host name, or the name stands for something else already
 */
export async function ensureTunnel(wish: TunnelWish, around: Around): Promise<Ensured[]> {
  const { cloudflare, kube, dryRun } = around;
  const zone = await zoneOf(cloudflare, wish);
  const accountId = zone.account.id;
  const records = await cloudflare.listRecords(zone.id, wish.hostname);
  const found = await cloudflare.findTunnel(accountId, wish.name);
  refuseForeign(records, found, wish);
  const tunnel = found ?? (dryRun ? undefined : await cloudflare.createTunnel(accountId, wish.name));
  const made = told('Tunnel', wish.name, found && { name: found.name }, { name: wish.name });
  const ingress = await ensureIngress(cloudflare, accountId, tunnel, wish, dryRun);
  const record = await ensureRecord(cloudflare, zone, records, tunnel, wish, dryRun);
  const token = tunnel === undefined ? 'to be issued' : await cloudflare.readToken(accountId, tunnel.id);
  const secret = await ensureObject(kube, connectorSecret(wish.namespace, token), { mark, dryRun });
  const connector = await ensureConnector(kube, { ...wish, token }, dryRun);
  return [made, ingress, record, secret, connector];
}

/** The zone that is named, else the longest one that the host name ends with. */
async function zoneOf(cloudflare: Cloudflare, { hostname, zone }: TunnelWish): Promise<Zone> {
  const labels = hostname.split('.');
  const tails = labels.slice(0, -1).map((_, index) => labels.slice(index).join('.'));
  const candidates = zone === undefined ? tails : [zone];
  for (const name of candidates) {
    const found = await cloudflare.findZone(name);
    if (found !== undefined) return found;
  }
  throw new StepError(`The token sees no zone for ${hostname}: ${candidates.join(', ') || 'it has no domain'}`, {
    hint: 'Name it with CLOUDFLARE_ZONE, and give the token "DNS: Edit" on it.',
  });
}

async function ensureIngress(
  cloudflare: Cloudflare,
  accountId: string,
  tunnel: Tunnel | undefined,
  { name, hostname, service }: TunnelWish,
  dryRun: boolean,
): Promise<Ensured> {
  const before = tunnel === undefined ? [] : await cloudflare.readIngress(accountId, tunnel.id);
  const after = wantedIngress(before, { hostname, service });
  const isSame = JSON.stringify(before) === JSON.stringify(after);
  if (!isSame && !dryRun && tunnel !== undefined) await cloudflare.writeIngress(accountId, tunnel.id, after);
  return told('TunnelIngress', name, before.length === 0 ? undefined : { ingress: before }, { ingress: after });
}

/** Our host name first, then what others put there, and 404 for the rest: the last rule has to be for everything. */
function wantedIngress(before: readonly Ingress[], own: { hostname: string; service: string }): Ingress[] {
  const others = before.filter(
    ({ hostname, path }) => (hostname !== undefined && hostname !== own.hostname) || path !== undefined,
  );
  const mine = before.find(({ hostname, path }) => hostname === own.hostname && path === undefined);
  const rest = before.find(({ hostname, path }) => hostname === undefined && path === undefined);
  return [{ ...mine, ...own }, ...others, rest ?? { service: 'http_status:404' }];
}

async function ensureRecord(
  cloudflare: Cloudflare,
  zone: Zone,
  [found]: readonly DnsRecord[],
  tunnel: Tunnel | undefined,
  { hostname }: TunnelWish,
  dryRun: boolean,
): Promise<Ensured> {
  const comment = 'Made by tunnel-setup of Luban CI';
  const content = tunnel === undefined ? 'of the tunnel that is to be made' : addressOf(tunnel);
  const wanted: WantedRecord = { type: 'CNAME', name: hostname, content, proxied: true, comment };
  const shown = (each: { type: string; content: string; proxied?: boolean | undefined }) => ({
    ...{ type: each.type, content: each.content, proxied: each.proxied ?? false },
  });
  const before = found === undefined ? undefined : shown(found);
  const isSame = JSON.stringify(before) === JSON.stringify(shown(wanted));
  if (!isSame && !dryRun) {
    if (found === undefined) await cloudflare.createRecord(zone.id, wanted);
    else await cloudflare.changeRecord(zone.id, found.id, wanted);
  }
  return told('DnsRecord', hostname, before, shown(wanted));
}

/** A record is ours when it stands for a tunnel that we had: this one, or one of the same name that is gone. */
function refuseForeign(records: readonly DnsRecord[], tunnel: Tunnel | undefined, { hostname }: TunnelWish): void {
  const ours = (record: DnsRecord): boolean =>
    record.type === 'CNAME' &&
    ((tunnel !== undefined && record.content === addressOf(tunnel)) ||
      (record['comment'] === 'Made by tunnel-setup of Luban CI' && record.content.endsWith('.cfargotunnel.com')));
  const [foreign] = records.filter((record) => !ours(record));
  if (foreign === undefined) return;
  throw new StepError(`${hostname} stands for something else already: ${foreign.type} ${foreign.content}`, {
    hint: 'Take that record away, or choose another name with TUNNEL_HOSTNAME.',
  });
}

function addressOf({ id }: Tunnel): string {
  return `${id}.cfargotunnel.com`;
}

type Shown = Readonly<Record<string, unknown>>;

function told(kind: string, name: string, before: Shown | undefined, after: Shown): Ensured {
  const isSame = before !== undefined && JSON.stringify(before) === JSON.stringify(after);
  const outcome = isSame ? 'unchanged' : before === undefined ? 'created' : 'updated';
  const diff = isSame ? '' : showDifference({ kind, name }, before, after);
  return { name: `${kind} ${name}`, outcome, diff };
}
