import type { ServerResponse } from 'node:http';
import {
  fixedClock,
  type LoopbackServer,
  loopbackServer,
  type TemporaryFolder,
  temporaryFolder,
} from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { digestOf } from './digest.ts';
import { createRegistryClient } from './registry-client.ts';

type Answer = (page: string, response: ServerResponse, known: string | undefined) => void;

/** A registry whose tags come two a page; `etagOf` decides what a page's ETag is made of. */
function pagesOf(state: { tags: string[] }, etagOf: (page: string[]) => string): Answer {
  return (path, response, known) => {
    const last = new URL(path, 'http://localhost').searchParams.get('last') ?? '';
    const rest = state.tags.filter((tag) => tag > last);
    const page = rest.slice(0, 2);
    const etag = etagOf(page);
    const link = `</v2/team/app/tags/list?n=2&last=${page.at(-1)}>; rel="next"`;
    const headers = { etag, ...(rest.length > 2 ? { link } : {}) };
    if (known === etag) response.writeHead(304, { ...headers, 'content-length': '999' }).end();
    else response.writeHead(200, headers).end(JSON.stringify({ tags: page }));
  };
}

async function registry(answer: Answer): Promise<LoopbackServer> {
  return loopbackServer(({ path, headers }, response) => answer(path, response, headers['if-none-match']));
}

/** A process of its own each time: what it knows is in the folder. */
function listing(server: LoopbackServer, folder: TemporaryFolder): Promise<string[] | undefined> {
  const client = createRegistryClient({ clock: fixedClock(), random: () => 1, keptIn: folder.path });
  return client.listTags({ registry: server.host, path: 'team/app' });
}

const ofPage = (page: string[]): string => `"${digestOf(page.join())}"`;

describe('tags that were listed before', () => {
  test('cost one request where the ETag is that of the whole list', async () => {
    await using folder = await temporaryFolder();
    const state = { tags: ['a', 'b', 'c', 'd', 'e'] };
    await using server = await registry(pagesOf(state, () => `W/"${digestOf(state.tags.join())}"`));

    const cold = await listing(server, folder);
    const coldRequests = server.seen.length;
    const warm = await listing(server, folder);
    const warmRequests = server.seen.length - coldRequests;
    state.tags.push('f');
    const changed = await listing(server, folder);
    const again = await listing(server, folder);

    expect([cold, warm]).toEqual([state.tags.slice(0, 5), state.tags.slice(0, 5)]);
    expect([coldRequests, warmRequests]).toEqual([3, 1]);
    expect([changed, again]).toEqual([state.tags, state.tags]);
    expect(server.seen.length).toBe(3 + 1 + 3 + 1);
  });

  test('are asked for page by page where each has an ETag of its own: a change at the end is seen', async () => {
    await using folder = await temporaryFolder();
    const state = { tags: ['a', 'b', 'c', 'd', 'e'] };
    await using server = await registry(pagesOf(state, ofPage));

    await listing(server, folder);
    state.tags.push('f');
    const changed = await listing(server, folder);

    expect(changed).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
    expect(server.seen.length).toBe(6);
  });

  test('are asked for page by page where the last page alone has another ETag', async () => {
    await using folder = await temporaryFolder();
    const state = { tags: ['a', 'b', 'c', 'd', 'e'] };
    await using server = await registry(pagesOf(state, (page) => (page.length < 2 ? ofPage(page) : '"full"')));

    await listing(server, folder);
    state.tags[4] = 'f';

    expect(await listing(server, folder)).toEqual(['a', 'b', 'c', 'd', 'f']);
  });

  test('that are gone are gone, and pages that moved are read anew', async () => {
    await using folder = await temporaryFolder();
    const state = { tags: ['a', 'b', 'c', 'd', 'e'] };
    await using server = await registry(pagesOf(state, ofPage));

    await listing(server, folder);
    state.tags = ['a', 'c', 'd'];

    expect(await listing(server, folder)).toEqual(['a', 'c', 'd']);
    expect(await listing(server, folder)).toEqual(['a', 'c', 'd']);
  });

  test('are not kept where a registry gives no ETag', async () => {
    await using folder = await temporaryFolder();
    await using server = await registry((_, response) => response.writeHead(200).end('{"tags":["a"]}'));

    await listing(server, folder);
    await listing(server, folder);

    expect(server.seen.map(({ headers }) => headers['if-none-match'])).toEqual([undefined, undefined]);
  });

  test('are right for all of many who list at once', async () => {
    await using folder = await temporaryFolder();
    const state = { tags: ['a', 'b', 'c', 'd', 'e'] };
    await using server = await registry(pagesOf(state, ofPage));

    const lists = await Promise.all(Array.from({ length: 12 }, () => listing(server, folder)));

    expect(lists).toEqual(lists.map(() => state.tags));
  });

  test('are shown to nobody whom the registry refuses', async () => {
    await using folder = await temporaryFolder();
    let isOpen = true;
    const pages = pagesOf({ tags: ['a'] }, ofPage);
    await using server = await registry((path, response, known) =>
      isOpen ? pages(path, response, known) : response.writeHead(403).end('{}'),
    );

    await listing(server, folder);
    isOpen = false;

    await expect(listing(server, folder)).rejects.toThrow(/answered 403/);
  });
});

describe('a listing of many pages', () => {
  test('waits when it is told to, as seconds or as a date, and gets a new token when the old one ends', async () => {
    const clock = fixedClock('2026-01-02T03:04:05Z');
    const waits = ['2', 'Fri, 02 Jan 2026 03:04:10 GMT'];
    let valid = 't1';
    const pages = pagesOf({ tags: ['a', 'b', 'c', 'd', 'e'] }, ofPage);
    await using server = await loopbackServer(({ path, headers }, response) => {
      if (path.startsWith('/token')) return void response.writeHead(200).end(JSON.stringify({ token: valid }));
      if (headers.authorization !== `Bearer ${valid}`) {
        const realm = `Bearer realm="http://${headers.host}/token",service="registry.test"`;
        return void response.writeHead(401, { 'www-authenticate': realm }).end('{}');
      }
      const wait = path.includes('last=') ? waits.shift() : undefined;
      if (wait !== undefined) return void response.writeHead(429, { 'retry-after': wait }).end('{}');
      if (path.includes('last=b')) valid = 't2';
      return pages(path, response, undefined);
    });

    const tags = await createRegistryClient({ clock }).listTags({ registry: server.host, path: 'team/app' });

    expect(tags).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(clock.slept).toEqual([2000, 3000]);
    expect(server.seen.filter(({ path }) => path.startsWith('/token'))).toHaveLength(2);
  });

  test('waits no longer in all than for a single call', async () => {
    const clock = fixedClock();
    const pages = pagesOf({ tags: Array.from('abcdefghij') }, ofPage);
    const asked = new Set<string>();
    await using server = await registry((path, response, known) => {
      if (asked.has(path)) return pages(path, response, known);
      asked.add(path);
      return void response.writeHead(429, { 'retry-after': '20' }).end('{}');
    });

    const call = createRegistryClient({ clock }).listTags({ registry: server.host, path: 'team/app' });

    await expect(call).rejects.toMatchObject({ name: 'RetryableError', retryAfterSeconds: 20 });
    expect(clock.slept).toEqual([20_000, 20_000, 20_000]);
  });

  test('gives up at once when it is told to wait longer than it may', async () => {
    const clock = fixedClock();
    await using server = await registry((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end('{}'));

    const call = createRegistryClient({ clock }).listTags({ registry: server.host, path: 'team/app' });

    await expect(call).rejects.toMatchObject({ name: 'RetryableError', retryAfterSeconds: 3600 });
    expect(clock.slept).toEqual([]);
  });

  test.each([
    ['from the page that named it', '?last=b', '/v2/team/app/tags/list?last=b'],
    ['from the root', '/v2/team/app/tags/list?last=b&n=2', '/v2/team/app/tags/list?last=b&n=2'],
    ['in full', 'http://HOST/v2/team/app/tags/list?last=b', '/v2/team/app/tags/list?last=b'],
    ['in full without a scheme', '//HOST/v2/team/app/tags/list?last=b', '/v2/team/app/tags/list?last=b'],
  ])('turns to the next page that is named %s', async (_, next, asked) => {
    await using server = await loopbackServer(({ path, headers }, response) => {
      const link = `</v2/x>; rel="prev", <${next.replace('HOST', headers.host ?? '')}>; title="more"; rel="next"`;
      if (path.includes('last=')) response.writeHead(200).end('{"tags":["c"]}');
      else response.writeHead(200, { link }).end('{"tags":["a","b"]}');
    });

    const tags = await createRegistryClient({ clock: fixedClock() }).listTags({
      registry: server.host,
      path: 'team/app',
    });

    expect(tags).toEqual(['a', 'b', 'c']);
    expect(server.seen[1]?.path).toBe(asked);
  });
});
