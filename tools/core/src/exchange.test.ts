import { loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { RetryableError, StepError } from './errors.ts';
import { exchange, isLoopback, retryAfterSeconds } from './exchange.ts';

const limits = { peer: 'the test', timeoutSeconds: 5, limitBytes: 10 };

describe('an exchange', () => {
  test('answers status and bytes, whatever they are', async () => {
    await using server = await loopbackServer((_, response) => response.writeHead(404).end('not here'));

    const answer = await exchange(server.url, { method: 'GET' }, limits);

    expect([answer.status, Buffer.from(answer.bytes).toString()]).toEqual([404, 'not here']);
  });

  test('refuses a body beyond the limit, gives up on a broken one, and ends with its caller', async () => {
    await using long = await loopbackServer((_, response) => response.end('x'.repeat(11)));
    await using broken = await loopbackServer((_, response) => response.destroy());
    const signal = AbortSignal.abort(new Error('told to stop'));

    await expect(exchange(long.url, {}, limits)).rejects.toBeInstanceOf(StepError);
    await expect(exchange(broken.url, {}, limits)).rejects.toBeInstanceOf(RetryableError);
    await expect(exchange(long.url, {}, { ...limits, signal })).rejects.toThrow('told to stop');
  });
});

describe('Retry-After', () => {
  const now = new Date('2026-01-02T03:04:05Z');

  test.each([
    ['7', 7],
    ['Fri, 02 Jan 2026 03:05:05 GMT', 60],
    ['Fri, 02 Jan 2026 03:00:00 GMT', 0],
    ['soon', undefined],
    ['', undefined],
  ])('%j is %s seconds', (value, seconds) => {
    expect(retryAfterSeconds(new Headers({ 'retry-after': value }), now)).toBe(seconds);
  });
});

describe('this machine', () => {
  test.each(['localhost', 'localhost:3000', '127.0.0.1', '127.1.2.3:80', '[::1]', '[::1]:8080'])('is %s', (host) => {
    expect(isLoopback(host)).toBe(true);
  });

  test.each(['127.0.0.1.evil.example', 'localhost.evil.example', '10.0.0.1', 'evil.example:127', '[::2]', ''])(
    'is not %s',
    (host) => {
      expect(isLoopback(host)).toBe(false);
    },
  );
});
