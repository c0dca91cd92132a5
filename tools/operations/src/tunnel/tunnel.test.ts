import { memoryKube } from '@luban-ci/kube/memory';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createCloudflare } from './cloudflare-api.ts';
import { type CloudflareStandIn, cloudflareStandIn } from './cloudflare-stand-in.fixture.ts';
import { ensureTunnel } from './ensure-tunnel.ts';
import { cloudflareToken, tunnelWish } from './tunnel-wish.ts';

const token = 'a-token-of-cloudflare';
const wish = tunnelWish({ TUNNEL_HOSTNAME: 'webhook.luban.metasync.example' });
const address = 'tunnel-1.cfargotunnel.com';
const secretPlace = { apiVersion: 'v1', kind: 'Secret', name: 'cloudflare-tunnel-credentials', namespace: 'luban-ci' };
const deploymentPlace = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'cloudflared', namespace: 'luban-ci' };
const all = ['Tunnel luban-ci', 'TunnelIngress luban-ci', 'DnsRecord webhook.luban.metasync.example'];
const everything = [...all, 'Secret luban-ci/cloudflare-tunnel-credentials', 'Deployment luban-ci/cloudflared'];

function around(server: CloudflareStandIn, kube = memoryKube(), dryRun = false, given = token) {
  const { signal } = new AbortController();
  return { cloudflare: createCloudflare({ url: server.url, token: given, signal }), kube, dryRun };
}

const writesOf = ({ seen }: CloudflareStandIn): string[] =>
  seen.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);

test('a tunnel is made with its way, its name and its connector, and a second run changes nothing', async () => {
  await using server = await cloudflareStandIn(token);
  const kube = memoryKube();

  const first = await ensureTunnel(wish, around(server, kube));
  const [made, written] = [structuredClone(server.state), writesOf(server)];
  const second = await ensureTunnel(wish, around(server, kube));

  const ingress = [{ hostname: wish.hostname, service: wish.service }, { service: 'http_status:404' }];
  expect(first.map(({ outcome, name }) => [outcome, name])).toEqual(everything.map((name) => ['created', name]));
  expect(second.map(({ outcome }) => outcome)).toEqual(everything.map(() => 'unchanged'));
  expect(made.tunnels).toEqual([{ id: 'tunnel-1', name: 'luban-ci', ingress }]);
  expect(made.records).toMatchObject([{ type: 'CNAME', name: wish.hostname, content: address, proxied: true }]);
  expect([server.state, writesOf(server)]).toEqual([made, written]);
  const secret = await kube.read(secretPlace);
  expect(secret?.['data']).toEqual({ token: Buffer.from('token of tunnel-1').toString('base64') });
  expect(JSON.stringify(await kube.read(deploymentPlace))).not.toContain('token of tunnel-1');
  expect(JSON.stringify(first)).not.toContain('token of tunnel-1');
});

test('a dry run tells the same and writes nothing anywhere', async () => {
  await using server = await cloudflareStandIn(token);
  const kube = memoryKube();

  const planned = await ensureTunnel(wish, around(server, kube, true));

  expect(planned.map(({ outcome, name }) => [outcome, name])).toEqual(everything.map((name) => ['created', name]));
  expect([writesOf(server), kube.calls]).toEqual([[], []]);
});

test('another service, a rule of somebody else and a record of a tunnel that is gone are brought to what is wanted', async () => {
  await using server = await cloudflareStandIn(token);
  const kube = memoryKube();
  await ensureTunnel(wish, around(server, kube));
  const theirs = { hostname: 'shop.metasync.example', service: 'http://shop:80' };
  const [tunnel] = server.state.tunnels;
  if (tunnel !== undefined)
    tunnel.ingress = [...(tunnel.ingress?.slice(0, 1) ?? []), theirs, { service: 'http_status:404' }];
  const gone = server.state.records.map((each) => ({ ...each, content: 'old.cfargotunnel.com' }));
  server.state.records.splice(0, 1, ...gone);

  const ensured = await ensureTunnel({ ...wish, service: 'http://other:80' }, around(server, kube));

  expect(ensured.map(({ outcome }) => outcome)).toEqual(['unchanged', 'updated', 'updated', 'unchanged', 'unchanged']);
  expect(server.state.tunnels[0]?.ingress).toEqual([
    { hostname: wish.hostname, service: 'http://other:80' },
    theirs,
    { service: 'http_status:404' },
  ]);
  expect(server.state.records[0]?.content).toBe(address);
});

test('what the cluster fills in of the connector is no difference, and one of somebody else is not touched', async () => {
  await using server = await cloudflareStandIn(token);
  const kube = memoryKube();
  kube.onStore = (object) =>
    object.kind === 'Deployment'
      ? { ...object, spec: { ...Object(object['spec']), progressDeadlineSeconds: 600 } }
      : object;
  await ensureTunnel(wish, around(server, kube));

  const again = await ensureTunnel(wish, around(server, kube));
  const other = await ensureTunnel(
    { ...wish, image: 'docker.io/cloudflare/cloudflared:2026.1.0' },
    around(server, kube),
  );
  const foreign = memoryKube();
  await foreign.create({ ...deploymentPlace, metadata: { name: 'cloudflared', namespace: 'luban-ci' } });
  const refused = ensureTunnel(wish, around(server, foreign));

  expect([again, other].map((all) => all.at(-1)?.outcome)).toEqual(['unchanged', 'updated']);
  await expect(refused).rejects.toThrow('Deployment luban-ci/cloudflared was made by somebody else');
});

test('a run that broke off at any call is completed by the next, with one tunnel', async () => {
  await using whole = await cloudflareStandIn(token);
  await ensureTunnel(wish, around(whole));
  const calls = whole.seen.length;
  for (let broken = 0; broken < calls; broken += 1) {
    await using server = await cloudflareStandIn(token);
    const kube = memoryKube();
    let count = 0;
    server.setFault(() => (count++ === broken ? 503 : undefined));

    const failed = await ensureTunnel(wish, around(server, kube)).catch((error: unknown) => error);
    await ensureTunnel(wish, around(server, kube));

    expect(failed).toMatchObject({ name: 'RetryableError' });
    expect(server.state).toEqual(whole.state);
  }
});

describe('what is missing is said in one sentence', () => {
  test.each([
    [
      'a zone that the token does not see',
      { hostname: 'webhook.other.example' },
      token,
      'The token sees no zone for webhook.other.example',
    ],
    ['a token that may not', {}, 'another', 'Cloudflare refused finding the zone (403): Authentication error'],
  ])('%s', async (_, more, given, sentence) => {
    await using server = await cloudflareStandIn(token);

    const running = ensureTunnel({ ...wish, ...more }, around(server, memoryKube(), false, given));

    await expect(running).rejects.toThrow(sentence);
    expect(server.state).toEqual({ tunnels: [], records: [] });
  });

  test('a host name that stands for something else, which is not touched', async () => {
    await using server = await cloudflareStandIn(token);
    const theirs = { id: 'record-9', name: wish.hostname, type: 'A', content: '203.0.113.9' };
    server.state.records.push({ ...theirs });

    const running = ensureTunnel(wish, around(server));

    await expect(running).rejects.toThrow(`${wish.hostname} stands for something else already: A 203.0.113.9`);
    expect(server.state).toEqual({ tunnels: [], records: [theirs] });
  });

  test('the token, which comes from the environment, a file, or a line of secrets/cloudflare.env', async () => {
    await using folder = await temporaryFolder();
    await using empty = await temporaryFolder();
    await writeTree(folder.path, {
      token: `${token}\n`,
      'secrets/cloudflare.env': `# For us\nCLOUDFLARE_API_TOKEN="${token}"\r\n`,
    });

    const found = await Promise.all([
      cloudflareToken({ CLOUDFLARE_API_TOKEN: token }, empty.path),
      cloudflareToken({ CLOUDFLARE_API_TOKEN_FILE: folder.at('token') }, empty.path),
      cloudflareToken({}, folder.path),
    ]);

    expect(found).toEqual([token, token, token]);
    await expect(cloudflareToken({}, empty.path)).rejects.toThrow('The token of Cloudflare is missing');
  });

  test.each([
    [{ TUNNEL_HOSTNAME: 'webhook' }, 'TUNNEL_HOSTNAME is "webhook"; expected a host name with a domain'],
    [{ TUNNEL_SERVICE: 'gateway' }, 'TUNNEL_SERVICE is "gateway"; expected an http address without a path'],
  ])('a variable that cannot be used: %o', (given, sentence) => {
    expect(() => tunnelWish(given)).toThrow(sentence);
  });
});
