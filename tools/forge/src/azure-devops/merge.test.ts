import { StepError } from '@luban-ci/core';
import { fixedClock, type LoopbackServer, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createAzureForge } from './client.ts';

const name = { owner: 'metasync/payment', repository: 'cart' };
const head = 'a'.repeat(40);
const active = {
  pullRequestId: 7,
  title: 'Promote cart',
  status: 'active',
  sourceRefName: 'refs/heads/change/one',
  targetRefName: 'refs/heads/main',
  lastMergeSourceCommit: { commitId: head },
  mergeStatus: 'queued',
  repository: { id: '5feda3f5' },
};

describe('a merge that Azure DevOps does after it has answered', () => {
  /** The pull request as it is before, then with each of these changes in turn, the last one for good. */
  const serverWith = (...changes: object[]): Promise<LoopbackServer> =>
    loopbackServer(({ path }, response, index) => {
      const body = path.includes('connectionData')
        ? { authenticatedUser: { id: 'b0b' } }
        : { ...active, ...changes[Math.min(index, changes.length) - 1] };
      response.writeHead(200).end(JSON.stringify(body));
    });
  const merge = async (server: LoopbackServer, more = {}) => {
    const clock = fixedClock();
    const forge = createAzureForge('azure', { baseUrl: server.url, token: 't', clock });
    const options = { expectedHead: head, method: 'merge' as const, ...more };
    const result = await forge.mergeChangeRequest(name, 7, options).catch((caught: unknown) => caught);
    return { result, clock };
  };

  test('is waited for', async () => {
    const done = { status: 'completed', lastMergeCommit: { commitId: 'b'.repeat(40) } };
    await using server = await serverWith({}, {}, {}, done);

    const { result, clock } = await merge(server);

    expect(result).toEqual({ outcome: 'merged', commit: 'b'.repeat(40), changed: true });
    expect(clock.slept).toEqual([1000, 1000, 1000]);
  });

  test.each([
    [{ mergeStatus: 'conflicts' }, /cannot be merged \(conflicts\)/],
    [{ mergeStatus: 'failure', mergeFailureMessage: 'no space' }, /cannot be merged \(failure: no space\)/],
    [{ mergeStatus: 'rejectedByPolicy' }, /cannot be merged \(rejectedByPolicy\)/],
    [{ lastMergeSourceCommit: { commitId: 'c'.repeat(40) }, mergeStatus: 'rejectedByPolicy' }, /is no longer at a+/],
  ])('is refused where it ends as %j', async (change, sentence) => {
    await using server = await serverWith({}, change);

    const { result } = await merge(server);

    expect(result).toBeInstanceOf(StepError);
    expect(String(result)).toMatch(sentence);
  });

  test('is not waited for without end', async () => {
    await using server = await serverWith({});

    const { result, clock } = await merge(server);

    expect(String(result)).toMatch(/not merged 60 s after it was asked for/);
    expect(clock.slept).toHaveLength(60);
  });

  test('is left to auto-complete where a policy is in the way and it may be', async () => {
    await using server = await serverWith({}, { mergeStatus: 'rejectedByPolicy' });

    const { result } = await merge(server, { auto: true });

    expect(result).toEqual({ outcome: 'scheduled', changed: true });
    expect(JSON.parse(server.seen.at(-1)?.body ?? '')).toEqual({
      autoCompleteSetBy: { id: 'b0b' },
      completionOptions: { mergeStrategy: 'noFastForward', deleteSourceBranch: false },
    });
  });
});

test('pull requests are read to the last page', async () => {
  const others = Array.from({ length: 100 }, (_, index) => ({ ...active, pullRequestId: index + 100, forkSource: {} }));
  await using server = await loopbackServer(({ path }, response) => {
    const list = path.includes('skip=100') ? [active] : others;
    response.writeHead(200).end(JSON.stringify(path.includes('/pullrequests?') ? { value: list } : active));
  });
  const forge = createAzureForge('azure', { baseUrl: server.url, token: 't', clock: fixedClock() });

  const found = await forge.findChangeRequest(name, { source: 'change/one', target: 'main' });

  expect(found?.number).toBe(7);
});

test.each(['failed', 'cancelled'])('a project whose making has %s is an error', async (status) => {
  await using server = await loopbackServer(({ method, path }, response) => {
    if (path.includes('/processes')) return response.writeHead(200).end('{"value":[{"id":"agile","isDefault":true}]}');
    if (path.includes('/operations/')) return response.writeHead(200).end(JSON.stringify({ id: '1', status }));
    if (method === 'POST') return response.writeHead(202).end('{"id":"1","status":"queued"}');
    return response.writeHead(404).end('{}');
  });
  const forge = createAzureForge('azure', { baseUrl: server.url, token: 't', clock: fixedClock() });

  const making = forge.ensureProject('metasync/payment', { description: '' });

  await expect(making).rejects.toThrow(
    `Creating the project metasync/payment failed: Azure DevOps has given up (${status})`,
  );
});
