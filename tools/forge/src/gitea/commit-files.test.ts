import { RetryableError } from '@luban-ci/core';
import { fixedClock, type LoopbackServer, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import type { FilesCommit, FilesCommitResult } from '../forge.ts';
import { createGiteaForge } from './client.ts';

const expectedHead = 'a'.repeat(40);
const other = 'b'.repeat(40);

describe('a commit that Gitea answers with 500, as it does when a push comes between', () => {
  test('has not landed where the branch went on without it', async () => {
    await using server = await overtakenBy({ tip: other, messages: ['Set image of another'] });

    expect(await commitOn(server)).toEqual({ outcome: 'moved', head: other });
  });

  test('may have landed where the branch went on with such a commit', async () => {
    await using server = await overtakenBy({ tip: other, messages: ['Set image of another', 'Set image\n'] });

    await expect(commitOn(server)).rejects.toThrow(RetryableError);
  });

  test('can be tried again where the branch has not moved', async () => {
    await using server = await overtakenBy({ tip: expectedHead, messages: [] });

    await expect(commitOn(server)).rejects.toThrow(RetryableError);
  });
});

function commitOn({ url }: LoopbackServer): Promise<FilesCommitResult> {
  const forge = createGiteaForge({ baseUrl: url, clock: fixedClock() });
  const change = { action: 'create' as const, path: 'image.txt', content: Buffer.from('1.1\n') };
  const commit: FilesCommit = { branch: 'main', expectedHead, message: 'Set image', changes: [change] };
  return forge.commitFiles({ owner: 'metasync', repository: 'cart' }, commit);
}

/** A Gitea whose branch is read as it was, and after the commit as it then is. */
function overtakenBy({ tip, messages }: { tip: string; messages: readonly string[] }): Promise<LoopbackServer> {
  let isCommitted = false;
  return loopbackServer(({ method, path }, response) => {
    if (method === 'POST') {
      isCommitted = true;
      response.writeHead(500).end(JSON.stringify({ message: '', url: '/api/swagger' }));
    } else if (path.startsWith('/api/v1/repos/metasync/cart/commits?sha=main&')) {
      response.end(JSON.stringify(messages.map((message) => ({ commit: { message } }))));
    } else {
      response.end(
        JSON.stringify({ name: 'main', protected: false, commit: { id: isCommitted ? tip : expectedHead } }),
      );
    }
  });
}
