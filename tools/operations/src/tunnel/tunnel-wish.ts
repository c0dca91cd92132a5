import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { platformNamespace } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import type { TunnelWish } from './ensure-tunnel.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** What the make variables ask for; empty ones say nothing. @throws InputError naming the variable that cannot be used */
export function tunnelWish(given: Environment): TunnelWish {
  const hostname = given['TUNNEL_HOSTNAME'] || 'webhook.luban.metasync.cc';
  const service = given['TUNNEL_SERVICE'] || 'http://luban-gateway.gateway.svc.cluster.local:80';
  if (!/^(?=.{1,253}$)[a-z0-9-]{1,63}(\.[a-z0-9-]{1,63})+$/.test(hostname))
    throw new InputError(`TUNNEL_HOSTNAME is "${hostname}"; expected a host name with a domain`);
  if (!/^https?:\/\/[^/]+$/.test(service))
    throw new InputError(`TUNNEL_SERVICE is "${service}"; expected an http address without a path`);
  return {
    ...{ hostname, service, namespace: platformNamespace },
    name: given['TUNNEL_NAME'] || 'luban-ci',
    image: given['CLOUDFLARED_IMAGE'] || 'docker.io/cloudflare/cloudflared:2025.8.1',
    zone: given['CLOUDFLARE_ZONE'] || undefined,
  };
}

/**
 * The token: from the environment, a file, or the line of `secrets/cloudflare.env`; never from an argument.
 *
 * @throws InputError saying where it could come from
 */
export async function cloudflareToken(given: Environment, root: string): Promise<string> {
  if (given['CLOUDFLARE_API_TOKEN']) return given['CLOUDFLARE_API_TOKEN'];
  const file = given['CLOUDFLARE_API_TOKEN_FILE'];
  if (file) return (await readFile(file, 'utf8').catch((cause) => unreadable(file, cause))).trim();
  const lines = await readFile(join(root, 'secrets/cloudflare.env'), 'utf8').catch(() => '');
  const [, found] = /^\s*(?:export\s+)?CLOUDFLARE_API_TOKEN=["']?([^"'\r\n]+)/m.exec(lines) ?? [];
  if (found !== undefined) return found.trim();
  throw new InputError('The token of Cloudflare is missing', [], {
    hint: 'Give CLOUDFLARE_API_TOKEN or CLOUDFLARE_API_TOKEN_FILE, or write it to secrets/cloudflare.env.',
  });
}

function unreadable(file: string, cause: unknown): never {
  throw new InputError(`CLOUDFLARE_API_TOKEN_FILE cannot be read: ${file}`, [], { cause });
}
