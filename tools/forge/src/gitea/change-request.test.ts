import { fixedClock } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createForge } from '../create-forge.ts';

test('a pull request is found while Gitea does not know yet that its branch is there again', async () => {
  const own = { sha: 'a'.repeat(40), repo_id: 7 };
  const pull = {
    ...{ number: 3, html_url: 'https://git.example.com/metasync/cart-gitops/pulls/3', title: 'Promote', body: '' },
    ...{ state: 'open', merged: false },
    head: { ...own, label: 'luban/promote-cart-prd', ref: 'refs/pull/3/head' },
    base: { ...own, label: 'main', ref: 'main' },
  };
  const forge = await createForge('gitea', {
    baseUrl: 'https://git.example.com',
    clock: fixedClock(),
    fetch: async (_url, request) =>
      request?.method === 'POST' ? Response.json(pull, { status: 201 }) : Response.json([pull]),
  });
  const request = { source: 'luban/promote-cart-prd', target: 'main', title: 'Promote', body: '' };

  const opened = await forge.openChangeRequest({ owner: 'metasync', repository: 'cart-gitops' }, request);

  expect(opened).toEqual({
    changed: true,
    value: { ...request, number: 3, url: pull.html_url, state: 'open', head: own.sha },
  });
});
