import { credentialsFromDockerConfig, digestOf } from '@luban-ci/images';
import { registryContract } from '@luban-ci/images/contract';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { startPlayground } from '../start-playground.ts';

registryContract("the playground's registry", async () => {
  const folder = await temporaryFolder();
  const playground = await startPlayground({ folder: folder.path });
  return {
    registry: playground.registry,
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
});

registryContract("the playground's registry with users", async () => {
  const folder = await temporaryFolder();
  const users = [{ name: 'ann', token: 'token-of-ann', admin: true }];
  const playground = await startPlayground({ folder: folder.path, users });
  const auth = Buffer.from('ann:token-of-ann').toString('base64');
  return {
    registry: playground.registry,
    credentials: credentialsFromDockerConfig(JSON.stringify({ auths: { [playground.registry]: { auth } } })),
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
});

describe("the playground's registry", () => {
  test('serves a long list of tags in pages', async () => {
    await using folder = await temporaryFolder();
    await using playground = await startPlayground({ folder: folder.path });
    const base = `${playground.url}/v2/payment/cart`;
    const bytes = JSON.stringify({ schemaVersion: 2, manifests: [] });
    const headers = { 'content-type': 'application/vnd.oci.image.index.v1+json' };
    for (const tag of ['a', 'b', 'c']) await fetch(`${base}/manifests/${tag}`, { method: 'PUT', headers, body: bytes });

    const first = await fetch(`${base}/tags/list?n=2`);
    const second = await fetch(`${base}/tags/list?n=2&last=b`);

    expect(await first.json()).toEqual({ name: 'payment/cart', tags: ['a', 'b'] });
    expect(first.headers.get('link')).toBe('</v2/payment/cart/tags/list?n=2&last=b>; rel="next"');
    expect(await second.json()).toEqual({ name: 'payment/cart', tags: ['c'] });
    expect(second.headers.get('link')).toBeNull();
  });

  test.each([
    '/v2/../../etc/manifests/latest',
    '/v2/%2e%2e/%2e%2e/manifests/latest',
    '/v2/payment%2f..%2fcart/manifests/latest',
    '/v2/_layers/cart/manifests/latest',
    '/v2/payment/cart/manifests/..%2f..%2fx',
    `/v2/payment/cart/blobs/sha256:..%2f${'a'.repeat(61)}`,
    '/v2/payment/cart/blobs/uploads/..%2fx',
  ])('refuses the path %s', async (path) => {
    await using folder = await temporaryFolder();
    await using playground = await startPlayground({ folder: folder.path });

    const status = await rawStatus(playground.registry, 'GET', path);

    expect([400, 404]).toContain(status);
  });

  test('asks for credentials where it knows users', async () => {
    await using folder = await temporaryFolder();
    await using playground = await startPlayground({
      folder: folder.path,
      users: [{ name: 'ann', token: 'secret-token' }],
    });

    const response = await fetch(`${playground.url}/v2/a/blobs/${digestOf('x')}`);

    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toBe('Basic realm="luban playground"');
  });
});

/** `fetch` tidies paths up before it sends them; this does not. */
async function rawStatus(host: string, method: string, path: string): Promise<number | undefined> {
  const { request } = await import('node:http');
  const [hostname, port] = host.split(':');
  return new Promise((resolve, reject) => {
    const call = request({ hostname, port, method, path }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    call.on('error', reject);
    call.end();
  });
}
