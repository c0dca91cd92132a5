import { RetryableError, StepError } from '@luban-ci/core';
import { showDifference, type WritableKube } from '@luban-ci/kube';
import { z } from 'zod';
import { withHosts } from './hosts-entries.ts';

/** Which names are to be found at which gateway. */
export interface GatewayNames {
  names: readonly string[];
  service: { name: string; namespace: string };
  /** In the place of the service's. */
  address?: string | undefined;
}

export interface Patched {
  changed: boolean;
  address: string;
  diff: string;
  /** Whether CoreDNS takes a change over by itself (its plugin `reload`). */
  reloads: boolean;
}

const Coredns = z.looseObject({ data: z.looseObject({ Corefile: z.string(), NodeHosts: z.string().optional() }) });
const Service = z.looseObject({
  status: z.looseObject({
    loadBalancer: z.looseObject({
      ingress: z.array(z.looseObject({ ip: z.string().optional(), hostname: z.string().optional() })).default([]),
    }),
  }),
});

/**
 * Maps names to the gateway in the ConfigMap of CoreDNS, at the version that was read.
 *
 * @throws StepError when the gateway has no address, or there is no CoreDNS; RetryableError when somebody else was faster
 */
export async function patchCoredns(kube: WritableKube, wanted: GatewayNames, dryRun: boolean): Promise<Patched> {
  const place = { apiVersion: 'v1', kind: 'ConfigMap', name: 'coredns', namespace: 'kube-system' };
  const address = wanted.address ?? (await addressOf(kube, wanted.service));
  const live = await kube.read(place);
  const read = Coredns.safeParse(live);
  if (live === undefined || !read.success) {
    throw new StepError('There is no ConfigMap coredns with a Corefile in kube-system', {
      hint: 'This cluster has another DNS; map the names there.',
    });
  }
  const { data } = read.data;
  const after = { ...data, ...withHosts(data, { address, names: wanted.names }) };
  const reloads = /^\s*reload\b/m.test(data.Corefile);
  const diff = showDifference(place, { data }, { data: after });
  if (JSON.stringify(after) === JSON.stringify(data)) return { changed: false, address, diff: '', reloads };
  if (dryRun) return { changed: true, address, diff, reloads };
  if ((await kube.replace({ ...live, data: after })) === undefined)
    throw new RetryableError('ConfigMap kube-system/coredns was changed by somebody else meanwhile; run it again');
  return { changed: true, address, diff, reloads };
}

async function addressOf(kube: WritableKube, { name, namespace }: GatewayNames['service']): Promise<string> {
  const found = await kube.read({ apiVersion: 'v1', kind: 'Service', name, namespace });
  if (found === undefined) {
    throw new StepError(`There is no Service ${namespace}/${name}`, {
      hint: 'Name the gateway with GATEWAY_SERVICE and GATEWAY_NAMESPACE, or its address with GATEWAY_IP.',
    });
  }
  const [first] = Service.safeParse(found).data?.status.loadBalancer.ingress ?? [];
  if (first?.ip !== undefined) return first.ip;
  const what = first?.hostname === undefined ? 'no address yet' : `a name, ${first.hostname}, and no address`;
  throw new StepError(`The load balancer of Service ${namespace}/${name} has ${what}`, {
    hint: 'Give its address with GATEWAY_IP.',
  });
}
