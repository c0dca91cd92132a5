import { fixedClock } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { forgeContract } from '../forge.contract.ts';
import { createGitHubForge } from './client.ts';
import { startGitHubStandIn } from './testing/github-stand-in.ts';
import { gitHubApiRoots } from './url.ts';

forgeContract('GitHub (a stand-in after its published description)', async () => {
  const github = await startGitHubStandIn({ token: 'token-of-bot', organization: 'metasync' });
  return {
    provider: 'github',
    baseUrl: github.url,
    apiPath: '/api/v3',
    token: 'token-of-bot',
    owner: 'metasync',
    seed: async ({ owner, repository }) => github.seed(owner, repository),
    push: async ({ owner, repository }, branch) => github.push(owner, repository, branch),
    fileAt: async ({ owner, repository }, branch, path) => github.fileAt(owner, repository, branch, path),
    [Symbol.asyncDispose]: () => github[Symbol.asyncDispose](),
  };
});

describe('the GitHub forge', () => {
  test.each([
    ['https://github.com', 'https://api.github.com/', 'https://api.github.com/'],
    ['https://github.corp:8443/', 'https://github.corp:8443/api/v3', 'https://github.corp:8443/api'],
    ['https://octo.ghe.com', 'https://api.octo.ghe.com/', 'https://api.octo.ghe.com/'],
  ])('finds the APIs of %s', (base, rest, graphQl) => {
    const roots = gitHubApiRoots(base);

    expect([roots.rest.href, roots.graphQl.href]).toEqual([rest, graphQl]);
  });

  test('encodes every segment of a path, a branch with slashes too', async () => {
    await using github = await startGitHubStandIn({ token: 'token-of-bot', organization: 'metasync' });
    const forge = createGitHubForge({ baseUrl: github.url, token: 'token-of-bot', clock: fixedClock() });

    await forge.getBranch({ owner: 'a b', repository: 'c?d' }, 'feature/#1');

    expect(github.seen).toEqual(['GET /api/v3/repos/a%20b/c%3Fd/branches/feature%2F%231']);
  });

  test('sends the new secret of a hook that is there', async () => {
    await using github = await startGitHubStandIn({ token: 'token-of-bot', organization: 'metasync' });
    const forge = createGitHubForge({ baseUrl: github.url, token: 'token-of-bot', clock: fixedClock() });
    const name = { owner: 'metasync', repository: 'cart' };
    await forge.createRepository(name, { description: '' });
    const hook = { url: 'https://luban.example.com/push', events: ['push', 'comment'] as const };
    await forge.ensureWebhook(name, { ...hook, secret: 'first-secret' });

    await forge.ensureWebhook(name, { ...hook, secret: 'second-secret' });

    const config = { url: hook.url, content_type: 'json', secret: 'second-secret' };
    expect(github.hooksOf('metasync', 'cart')).toEqual([
      { id: 1, active: true, events: ['push', 'issue_comment'], config },
    ]);
  });

  test('refuses a name that would leave its place in the path, before anything is sent', async () => {
    await using github = await startGitHubStandIn({ token: 'token-of-bot', organization: 'metasync' });
    const forge = createGitHubForge({ baseUrl: github.url, token: 'token-of-bot', clock: fixedClock() });

    await expect(forge.getRepository({ owner: '..', repository: 'cart' })).rejects.toThrow(/is not a name/);
    expect(github.seen).toEqual([]);
  });
});
