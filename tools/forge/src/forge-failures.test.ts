import type { ServerResponse } from 'node:http';
import { InputError, RetryableError, StepError } from '@luban-ci/core';
import { capturedLog, fixedClock, type LoopbackServer, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createForge } from './create-forge.ts';
import type { Forge } from './forge.ts';
import { failureExamples } from './testing/failure-examples.ts';

const token = 'very-secret-token';

describe.each(failureExamples)('what goes wrong with $provider', (example) => {
  const { provider, name, repository } = example;
  const forgeOf = (server: LoopbackServer, more = {}): Promise<Forge> =>
    createForge(provider, { baseUrl: server.url, token, clock: fixedClock(), random: () => 1, ...more });
  const change = { source: 'change/one', target: 'main', title: 't', body: '' };

  test.each([
    [400, InputError, undefined],
    [401, StepError, /still valid/],
    [403, StepError, /rights.*change request/],
    [409, StepError, undefined],
    [418, StepError, undefined],
    [422, InputError, undefined],
    [408, RetryableError, undefined],
    [500, RetryableError, undefined],
    [502, RetryableError, undefined],
    [503, RetryableError, undefined],
  ])('status %i is the right kind of error', async (status, kind, hint) => {
    await using server = await loopbackServer((_, response) => reply(response, status, example.error('no, because')));
    const forge = await forgeOf(server);

    const error = await forge.getRepository(name).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toContain(`Reading ${name.owner}/cart failed: the forge answered ${status} (`);
    expect(String(error)).toContain('no, because)');
    if (hint !== undefined) expect(error).toHaveProperty('hint', expect.stringMatching(hint));
  });

  test.each([
    [401, StepError],
    [403, StepError],
    [404, StepError],
    [429, RetryableError],
    [500, RetryableError],
    [503, RetryableError],
  ])('status %i to what would write is the right kind of error', async (status, kind) => {
    await using server = await loopbackServer((_, response) => reply(response, status, example.error('no')));
    const forge = await forgeOf(server);

    const error = await forge.openChangeRequest(name, change).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(kind);
    expect(String(error)).toMatch(new RegExp(`Opening a (pull|merge) request .*: the forge answered ${status}`));
    // To Gitea a branch that was just pushed is not there for a moment, so it is asked for that long.
    const isAskedAgain = status === 429 || (status === 404 && provider === 'gitea');
    expect(server.seen).toHaveLength(isAskedAgain ? 4 : 1);
  });

  test('the words of a protected branch are kept, and advice is given', async () => {
    const { status, message } = example.protectedBranch;
    await using server = await loopbackServer((_, response) => reply(response, status, example.error(message)));
    const forge = await forgeOf(server);

    const error = await forge.deleteBranch(name, 'main').catch((caught: unknown) => caught);

    expect(String(error)).toContain(message);
    if (status === 403) expect(error).toHaveProperty('hint', expect.stringMatching(/open a change request/));
  });

  test('404 is not found where that is an answer, and an error where it is not', async () => {
    await using server = await loopbackServer((_, response) => reply(response, 404, example.error('gone')));
    const forge = await forgeOf(server);

    expect(await forge.getRepository(name)).toBeUndefined();
    await expect(forge.setDefaultBranch(name, 'main')).rejects.toThrow(/404/);
  });

  test('waits as long as a rate limit says, and then goes on', async () => {
    const clock = fixedClock();
    await using server = await loopbackServer((_, response, index) =>
      index === 0 ? reply(response, 429, {}, { 'retry-after': '7' }) : reply(response, 200, repository),
    );
    const forge = await forgeOf(server, { clock });

    const found = await forge.getRepository(name);

    expect(found?.defaultBranch).toBe('main');
    expect(clock.slept).toEqual([7000]);
  });

  test('a wait beyond the budget is left to the caller', async () => {
    await using server = await loopbackServer((_, response) => reply(response, 429, {}, { 'retry-after': '900' }));
    const forge = await forgeOf(server);

    const error = await forge.getRepository(name).catch((caught: unknown) => caught);

    expect(error).toBeInstanceOf(RetryableError);
    expect(error).toHaveProperty('retryAfterSeconds', 900);
    expect(server.seen).toHaveLength(1);
  });

  test('a 429 that names only the time of its reset waits until then', async () => {
    const clock = fixedClock('2026-01-02T03:04:05Z');
    const limits = { 'ratelimit-remaining': '0', 'ratelimit-reset': String(Date.parse('2026-01-02T03:04:15Z') / 1000) };
    await using server = await loopbackServer((_, response, index) =>
      index === 0 ? reply(response, 429, {}, limits) : reply(response, 200, repository),
    );

    await (await forgeOf(server, { clock })).getRepository(name);

    expect(clock.slept).toEqual([10_000]);
  });

  test('a 403 with a used-up rate limit waits until its reset', async () => {
    const clock = fixedClock('2026-01-02T03:04:05Z');
    const reset = Date.parse('2026-01-02T03:04:25Z') / 1000;
    const prefix = provider === 'gitlab' ? 'ratelimit' : 'x-ratelimit';
    const limits = { [`${prefix}-remaining`]: '0', [`${prefix}-reset`]: String(reset) };
    await using server = await loopbackServer((_, response, index) =>
      index === 0 ? reply(response, 403, {}, limits) : reply(response, 200, repository),
    );

    await (await forgeOf(server, { clock })).getRepository(name);

    expect(clock.slept).toEqual([20_000]);
  });

  test('a read is repeated after a broken connection; opening a pull request is not', async () => {
    const clock = fixedClock();
    await using server = await loopbackServer((_, response) => response.destroy());
    const forge = await forgeOf(server, { clock });

    await expect(forge.getRepository(name)).rejects.toBeInstanceOf(RetryableError);
    const reads = server.seen.length;
    const opening = forge.openChangeRequest(name, change);
    await expect(opening).rejects.toBeInstanceOf(RetryableError);

    expect(reads).toBe(4);
    expect(server.seen.length - reads).toBe(1);
    expect(clock.slept).toEqual([500, 1000, 2000]);
  });

  test('a body that ends early or comes too slowly is worth another try', async () => {
    await using broken = await loopbackServer((_, response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('{"name":', () => response.destroy());
    });
    await using slow = await loopbackServer((_, response) => {
      response.writeHead(200);
      response.write('{"name":');
    });

    await expect((await forgeOf(broken)).getRepository(name)).rejects.toBeInstanceOf(RetryableError);
    const impatient = await forgeOf(slow, { timeoutSeconds: 0.05 });
    await expect(impatient.getRepository(name)).rejects.toThrow(/did not answer in full within 0.05 s/);
  });

  test.each(['<html>sign in</html>', '{"name": 1}', '{"name": "cart"', ''])(
    'the answer %j cannot be used',
    async (body) => {
      await using server = await loopbackServer((_, response) => response.writeHead(200).end(body));

      await expect((await forgeOf(server)).getRepository(name)).rejects.toBeInstanceOf(StepError);
    },
  );

  test('a list without end is given up', async () => {
    await using server = await loopbackServer((_, response) =>
      reply(response, 200, example.emptyPage, example.nextPage),
    );

    await expect((await forgeOf(server)).listBranches(name)).rejects.toThrow(/no end/);
    expect(server.seen.every((request) => request.headers.host === server.host)).toBe(true);
  });

  test('the token is in one header and nowhere else', async () => {
    const log = capturedLog();
    await using server = await loopbackServer((_, response, index) => {
      if (index === 0) reply(response, 500, { message: 'sorry' });
      else reply(response, 403, { message: 'no' });
    });
    const forge = await forgeOf(server, { log: log.log });

    const error = await forge.getRepository(name).catch((caught: unknown) => caught);

    const told = [String(error), log.text(), ...server.seen.map(({ path, body }) => path + body)].join('\n');
    expect(told).not.toContain(token);
    expect(told).not.toContain(example.sent(token).split(' ')[1]);
    expect(log.text()).toContain('trying again in 1 s');
    expect(server.seen[0]?.headers.authorization).toBe(example.sent(token));
  });

  test('another host without TLS is refused before anything is sent', async () => {
    const making = createForge(provider, { baseUrl: 'http://git.corp', token, clock: fixedClock() });

    await expect(making).rejects.toThrow('The forge git.corp would be spoken to without TLS');
  });
});

function reply(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
