import type { ServerResponse } from 'node:http';
import { InputError, RetryableError, StepError } from '@luban-ci/core';
import { capturedLog, fixedClock, type LoopbackServer, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { digestOf } from './digest.ts';
import { type ImageIndex, mediaTypes, pickPlatform } from './manifest.ts';
import { createRegistryClient, type RegistryClient } from './registry-client.ts';
import type { RegistryOptions } from './session.ts';

const clientOf = (more: Partial<RegistryOptions> = {}): RegistryClient =>
  createRegistryClient({ clock: fixedClock(), random: () => 1, ...more });
const cart = (server: LoopbackServer) => ({ registry: server.host, path: 'payment/cart' });

const emptyIndex = JSON.stringify({ schemaVersion: 2, manifests: [] });

describe('bearer tokens', () => {
  test('are fetched for what the call needs, kept for the next one, and renewed once when they are refused', async () => {
    let valid = 'token-1';
    await using server = await loopbackServer((request, response) => {
      if (request.path.startsWith('/token')) return send(response, 200, JSON.stringify({ token: valid }));
      if (request.headers.authorization === `Bearer ${valid}`) return send(response, 200, emptyIndex, indexHeaders);
      return send(response, 401, '{}', challengeOf(`http://${request.headers.host}/token`));
    });
    const credentials = { kind: 'basic', username: 'ann', password: 'hunter22' } as const;
    const client = clientOf({ credentials: () => credentials });

    await client.getManifest({ ...cart(server), tag: 'v1' });
    await client.getManifest({ ...cart(server), tag: 'v2' });
    valid = 'token-2';
    await client.getManifest({ ...cart(server), tag: 'v3' });

    const paths = server.seen.map(({ path }) => path);
    const tokenCalls = server.seen.filter(({ path }) => path.startsWith('/token'));
    expect(paths.map((path) => path.replace(/\?.*/, '').replace('/v2/payment/cart/manifests/', ''))).toEqual([
      'v1',
      '/token',
      'v1',
      'v2',
      'v3',
      '/token',
      'v3',
    ]);
    expect(tokenCalls[0]?.path).toBe('/token?service=registry.test&scope=repository%3Apayment%2Fcart%3Apull');
    expect(tokenCalls[0]?.headers.authorization).toBe(`Basic ${Buffer.from('ann:hunter22').toString('base64')}`);
    expect(paths.join()).not.toContain('hunter22');
  });

  test('are asked anew when their time is over', async () => {
    const clock = fixedClock();
    await using server = await loopbackServer((request, response) => {
      if (request.path.startsWith('/token')) return send(response, 200, '{"access_token":"t1","expires_in":60}');
      if (request.headers.authorization !== undefined) return send(response, 200, emptyIndex, indexHeaders);
      return send(response, 401, '{}', challengeOf(`http://${request.headers.host}/token`));
    });
    const client = clientOf({ clock });

    await client.getManifest({ ...cart(server), tag: 'v1' });
    await clock.sleep(51_000);
    await client.getManifest({ ...cart(server), tag: 'v1' });

    expect(server.seen.filter(({ path }) => path.startsWith('/token'))).toHaveLength(2);
  });

  test('an identity token goes into the body of a POST', async () => {
    await using server = await loopbackServer((request, response) => {
      if (request.path === '/token') return send(response, 200, '{"access_token":"t1"}');
      if (request.headers.authorization === 'Bearer t1') return send(response, 200, emptyIndex, indexHeaders);
      return send(response, 401, '{}', challengeOf(`http://${request.headers.host}/token`));
    });
    const client = clientOf({ credentials: () => ({ kind: 'identity-token', token: 'refresh me' }) });

    await client.getManifest({ ...cart(server), tag: 'v1' });

    const [, asked] = server.seen;
    expect(asked?.method).toBe('POST');
    expect(Object.fromEntries(new URLSearchParams(asked?.body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'refresh me',
      scope: 'repository:payment/cart:pull',
    });
  });

  test('credentials do not go to a token service without TLS elsewhere', async () => {
    await using server = await loopbackServer((_, response) =>
      send(response, 401, '{}', challengeOf('http://evil.example/token')),
    );

    await expect(clientOf().getManifest({ ...cart(server), tag: 'v1' })).rejects.toThrow(/without TLS/);
  });
});

describe('refusals', () => {
  test.each([
    [401, StepError],
    [403, StepError],
    [429, RetryableError],
    [500, RetryableError],
    [503, RetryableError],
    [418, StepError],
  ])('status %i is the right kind of error', async (status, kind) => {
    const body = JSON.stringify({ errors: [{ code: 'DENIED', message: 'no\nbecause' }] });
    await using server = await loopbackServer((_, response) => send(response, status, body));

    const error = await clientOf()
      .getManifest({ ...cart(server), tag: 'v1' })
      .catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toContain(`the registry answered ${status} (DENIED: no because)`);
  });

  test('waits as long as the registry says, and tells so', async () => {
    const clock = fixedClock();
    const log = capturedLog();
    await using server = await loopbackServer((_, response, index) =>
      index === 0 ? send(response, 429, '{}', { 'retry-after': '5' }) : send(response, 200, emptyIndex, indexHeaders),
    );

    await clientOf({ clock, log: log.log }).getManifest({ ...cart(server), tag: 'v1' });

    expect(clock.slept).toEqual([5000]);
    expect(log.text()).toContain('trying again in 5 s');
  });

  test('a broken connection is tried again, and then left to the caller', async () => {
    const clock = fixedClock();
    await using server = await loopbackServer((_, response) => response.destroy());

    const call = clientOf({ clock }).resolve({ ...cart(server), tag: 'v1' });

    await expect(call).rejects.toBeInstanceOf(RetryableError);
    expect(clock.slept).toEqual([500, 1000, 2000]);
  });

  test('a registry that stops in the middle of a body is not waited for', async () => {
    await using server = await loopbackServer((_, response) => {
      response.writeHead(200, { ...indexHeaders, 'content-length': '1000' });
      response.write('{');
    });

    const call = clientOf({ timeoutSeconds: 0.05 }).getManifest({ ...cart(server), tag: 'v1' });

    await expect(call).rejects.toThrow(/stopped arriving/);
  });

  test('a manifest beyond every size is not read', async () => {
    await using server = await loopbackServer((_, response) =>
      send(response, 200, 'x'.repeat(5_000_000), indexHeaders),
    );

    await expect(clientOf().getManifest({ ...cart(server), tag: 'v1' })).rejects.toThrow(/longer than/);
  });

  test('content with another digest is not used', async () => {
    await using server = await loopbackServer((_, response) => send(response, 200, emptyIndex, indexHeaders));
    const digest = digestOf('something else');
    const client = clientOf();

    await expect(client.getManifest({ ...cart(server), digest })).rejects.toThrow(/not the one that was asked for/);
    await expect(client.readBlob(cart(server), digest)).rejects.toThrow(/does not have that digest/);
    const opened = await client.openBlob(cart(server), digest);
    await expect(Array.fromAsync(opened?.content ?? [])).rejects.toThrow(/does not have that digest/);
  });

  test('a blob that ends early is worth another try', async () => {
    await using server = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('short', () => response.destroy());
    });

    await expect(clientOf().readBlob(cart(server), digestOf('x'))).rejects.toBeInstanceOf(RetryableError);
  });

  test('a registry elsewhere is not spoken to without TLS unless it is named', async () => {
    const asked: string[] = [];
    const answer: typeof fetch = async (url) => {
      asked.push(String(url));
      return new Response('', { status: 404 });
    };
    const image = { registry: 'registry.corp:5000', path: 'a', tag: 'v1' };

    await clientOf({ fetch: answer }).resolve(image);
    await clientOf({ fetch: answer, insecureHosts: ['registry.corp:5000'] }).resolve(image);
    await clientOf({ fetch: answer }).resolve({ registry: 'docker.io', path: 'library/alpine', tag: '3' });

    expect(asked).toEqual([
      'https://registry.corp:5000/v2/a/manifests/v1',
      'http://registry.corp:5000/v2/a/manifests/v1',
      'https://registry-1.docker.io/v2/library/alpine/manifests/3',
    ]);
  });

  test('a tag that is none is refused before anything is asked', async () => {
    await using server = await loopbackServer((_, response) => send(response, 500, ''));

    await expect(clientOf().retag(cart(server), digestOf('x'), 'a/b')).rejects.toBeInstanceOf(InputError);
    expect(server.seen).toEqual([]);
  });
});

describe('listing tags', () => {
  test('turns every page', async () => {
    await using server = await loopbackServer((request, response) =>
      request.path.includes('last=')
        ? send(response, 200, '{"tags":["c"]}')
        : send(response, 200, '{"tags":["a","b"]}', { link: '</v2/payment/cart/tags/list?last=b&n=1000>; rel="next"' }),
    );

    expect(await clientOf().listTags(cart(server))).toEqual(['a', 'b', 'c']);
    expect(server.seen.map(({ path }) => path)).toEqual([
      '/v2/payment/cart/tags/list?n=1000',
      '/v2/payment/cart/tags/list?last=b&n=1000',
    ]);
  });

  test.each([
    ['a page that leads to itself', '</v2/payment/cart/tags/list?n=1000>; rel="next"', /has no end/],
    ['another host', '<https://evil.example/v2/payment/cart/tags/list?last=b>; rel="next"', /not on its tag list/],
    ['another host without a scheme', '<//evil.example/v2/payment/cart/tags/list?last=b>; rel="next"', /not on its/],
    ['another repository', '</v2/payment/other/tags/list?last=b>; rel="next"', /not on its tag list/],
  ])('refuses %s', async (_name, link, why) => {
    await using server = await loopbackServer((_, response) => send(response, 200, '{"tags":["a"]}', { link }));

    await expect(clientOf().listTags(cart(server))).rejects.toThrow(why);
  });
});

describe('an index', () => {
  const entry = (architecture: string, variant?: string) => ({
    mediaType: mediaTypes.ociManifest,
    digest: digestOf(`${architecture}${variant}`),
    size: 1,
    platform: { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) },
  });
  const index: ImageIndex = { schemaVersion: 2, manifests: [entry('amd64'), entry('arm', 'v6'), entry('arm', 'v7')] };

  test('answers the image of a platform', () => {
    const digestFor = (architecture: string, variant?: string): string | undefined =>
      pickPlatform(index, { os: 'linux', architecture, ...(variant === undefined ? {} : { variant }) })?.digest;

    expect(digestFor('amd64')).toBe(digestOf('amd64undefined'));
    expect(digestFor('amd64', 'v3')).toBe(digestOf('amd64undefined'));
    expect(digestFor('arm', 'v7')).toBe(digestOf('armv7'));
    expect(digestFor('arm', 'v8')).toBeUndefined();
    expect(digestFor('s390x')).toBeUndefined();
  });
});

const indexHeaders = { 'content-type': mediaTypes.ociIndex };

function challengeOf(realm: string): Record<string, string> {
  return { 'www-authenticate': `Bearer realm="${realm}",service="registry.test",scope="repository:x:pull"` };
}

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, headers).end(body);
}
