import { createHmac, timingSafeEqual } from 'node:crypto';
import type { GitProvider } from '@luban-ci/conventions';
import { type LoopbackServer, loopbackServer } from '@luban-ci/testing';

/**
 * Takes deliveries as the event sources of manifests/events do: Argo Events' source for GitHub checks the signature of the body
 * (ValidatePayload of go-github), its webhook with an authSecret wants that as a bearer token; else they answer 400.
 */
export function eventSourceStandIn(provider: GitProvider, secret: string): Promise<LoopbackServer> {
  return loopbackServer(({ method, headers, body }, response) => {
    const isSigned = provider === 'github' || provider === 'gitea';
    const isProven = isSigned
      ? isSignedWith(secret, body, headers['x-hub-signature-256'])
      : headers.authorization === `Bearer ${secret}`;
    const isJson = headers['content-type'] === 'application/json';
    const isPush = method === 'POST' && isJson && (!isSigned || headers['x-github-event'] === 'push');
    if (isPush && isProven) response.writeHead(200).end('success');
    else response.writeHead(400).end('400 Bad Request');
  });
}

function isSignedWith(secret: string, body: string, header: string | string[] | undefined): boolean {
  const expected = createHmac('sha256', secret).update(body).digest();
  const [, digits = ''] = /^sha256=([0-9a-f]{64})$/.exec(String(header)) ?? [];
  const given = Buffer.from(digits, 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
