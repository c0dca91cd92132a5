import { StepError } from '@luban-ci/core';
import { fixedClock, loopbackServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { download } from './download.ts';

test('a mirror that is away for a moment is asked again, after longer and longer', async () => {
  await using mirror = await loopbackServer((_, response, index) =>
    response.writeHead(index < 2 ? 503 : 200).end('uv'),
  );
  const clock = fixedClock();

  const bytes = await download(new URL(mirror.url), { fetch, clock, logins: [] });

  expect(Buffer.from(bytes).toString()).toBe('uv');
  expect(clock.slept).toEqual([1000, 4000]);
});

test('an address may hold a login, which goes to the mirror and into no sentence; what is not there is asked for once', async () => {
  await using mirror = await loopbackServer((_, response) => response.writeHead(404).end());
  const url = new URL(mirror.url.replace('http://', 'http://ada:secret@'));

  const failure = await download(url, { fetch, clock: fixedClock(), logins: [] }).catch((error) => error);

  expect(failure).toBeInstanceOf(StepError);
  expect(failure.message).toBe(`${mirror.url}/ could not be had: the server answered 404`);
  expect(mirror.seen.map(({ headers }) => headers.authorization)).toEqual([
    `Basic ${Buffer.from('ada:secret').toString('base64')}`,
  ]);
});
