import { InputError } from '@luban-ci/core';
import type { GatewayNames } from './patch-coredns.ts';

/** What the make variables ask for; empty ones say nothing. @throws InputError naming the variable that cannot be used */
export function gatewayNames(given: Readonly<Record<string, string | undefined>>): GatewayNames {
  const suffix = given['DOMAIN_SUFFIX'] || 'luban.metasync.cc';
  const usual = ['harbor', 'argocd', 'argo-workflows', 'webhook'].map((name) => `${name}.${suffix}`);
  const named = (given['DOMAINS'] ?? '').split(/[\s,]+/).filter(Boolean);
  const names = named.length === 0 ? usual : named;
  const wrong = names.find((name) => !/^[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})*$/.test(name));
  if (wrong !== undefined)
    throw new InputError(`"${wrong}" is no host name; DOMAINS and DOMAIN_SUFFIX are made of such`);
  const address = given['GATEWAY_IP'] || undefined;
  if (address !== undefined && !/^[0-9a-fA-F.:]+$/.test(address))
    throw new InputError(`GATEWAY_IP is "${address}"; expected an address`);
  const service = {
    name: given['GATEWAY_SERVICE'] || 'luban-gateway',
    namespace: given['GATEWAY_NAMESPACE'] || 'gateway',
  };
  return { names, service, address };
}
