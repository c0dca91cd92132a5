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
});
