import { RetryableError } from '@luban-ci/core';
import { fixedClock, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createGiteaForge } from './client.ts';

describe('the Gitea forge', () => {
  test('closes a protected branch again that somebody has opened for pushes', async () => {
    const opened = { enable_push: true, required_approvals: 1, enable_status_check: false, status_check_contexts: [] };
    await using server = await loopbackServer((_, response) => response.writeHead(200).end(JSON.stringify(opened)));
    const forge = createGiteaForge({ baseUrl: server.url, token: 'token-of-bot', clock: fixedClock() });
    const rules = { requiredApprovals: 1, requiredStatusChecks: [] };

    const { changed } = await forge.protectBranch({ owner: 'metasync', repository: 'cart' }, 'release/1.0', rules);

    expect(changed).toBe(true);
    expect(server.seen.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'GET /api/v1/repos/metasync/cart/branch_protections/release%2F1.0',
      'PATCH /api/v1/repos/metasync/cart/branch_protections/release%2F1.0',
    ]);
    expect(JSON.parse(server.seen[1]?.body ?? '')).toMatchObject({ enable_push: false, required_approvals: 1 });
  });

  test('lives below a path where the instance does', async () => {
    await using server = await loopbackServer((_, response) => response.writeHead(404).end('{}'));
    const forge = createGiteaForge({ baseUrl: `${server.url}/gitea/`, clock: fixedClock() });

    await forge.getRepository({ owner: 'metasync', repository: 'cart' });

    expect(server.seen[0]?.path).toBe('/gitea/api/v1/repos/metasync/cart');
    expect(server.seen[0]?.headers.authorization).toBeUndefined();
  });

  test('sets a default branch when the first push has been worked through, which would set another one', async () => {
    let looks = 0;
    await using server = await loopbackServer((_, response) => {
      looks += 1;
      const repository = {
        ...{ name: 'cart', owner: { login: 'metasync' }, private: true, clone_url: '', html_url: '' },
        ...{ empty: looks < 3, default_branch: looks > 4 ? 'develop' : 'main' },
      };
      response.writeHead(200).end(JSON.stringify(repository));
    });
    const forge = createGiteaForge({ baseUrl: server.url, clock: fixedClock() });

    const { changed } = await forge.setDefaultBranch({ owner: 'metasync', repository: 'cart' }, 'develop');

    expect(changed).toBe(true);
    expect(server.seen.map(({ method }) => method)).toEqual(['GET', 'GET', 'GET', 'GET', 'PATCH']);
  });

  test('says that it can be tried again where a repository stays empty', async () => {
    const empty = JSON.stringify({ empty: true });
    await using server = await loopbackServer((_, response) => response.writeHead(200).end(empty));
    const forge = createGiteaForge({ baseUrl: server.url, clock: fixedClock() });

    const failed = forge.setDefaultBranch({ owner: 'metasync', repository: 'cart' }, 'develop');

    await expect(failed).rejects.toBeInstanceOf(RetryableError);
  });
});
