import { fixedClock, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { forgeContract } from '../forge.contract.ts';
import { createGitLabForge } from './client.ts';
import { type GitLabStandIn, startGitLabStandIn } from './testing/gitlab-stand-in.ts';

const token = 'token-of-bot';

forgeContract('GitLab (a stand-in after its published description)', async () => {
  const gitlab = await startGitLabStandIn({ token, groups: ['metasync/delivery'] });
  return {
    provider: 'gitlab',
    baseUrl: gitlab.url,
    apiPath: '/api/v4',
    token,
    owner: 'metasync/delivery',
    seed: async ({ owner, repository }) => gitlab.seed(owner, repository),
    push: async ({ owner, repository }, branch) => gitlab.push(owner, repository, branch),
    fileAt: async ({ owner, repository }, branch, path) => gitlab.fileAt(owner, repository, branch, path),
    [Symbol.asyncDispose]: () => gitlab[Symbol.asyncDispose](),
  };
});

describe('the GitLab forge', () => {
  const name = { owner: 'metasync/delivery/eu', repository: 'cart' };
  const started = async (more: { isPremium?: boolean } = {}) => {
    const gitlab = await startGitLabStandIn({ token, groups: [name.owner], ...more });
    const forge = createGitLabForge({ baseUrl: gitlab.url, token, clock: fixedClock() });
    await forge.createRepository(name, { description: '' });
    gitlab.seed(name.owner, name.repository);
    gitlab.seen.length = 0;
    return { gitlab, forge, [Symbol.asyncDispose]: () => gitlab[Symbol.asyncDispose]() };
  };

  test('names a project in nested groups, and a branch with slashes, as one segment each', async () => {
    await using at = await started();

    await at.forge.getBranch(name, 'feature/#1');

    expect(at.gitlab.seen).toEqual([
      'GET /api/v4/projects/metasync%2Fdelivery%2Feu%2Fcart/repository/branches/feature%2F%231',
    ]);
  });

  test('follows a cursor without going where its link points', async () => {
    await using at = await started();

    const branches = await at.forge.listBranches(name);

    expect(branches.map((each) => each.name)).toEqual(['change/one', 'main']);
    expect(at.gitlab.seen.map((each) => each.replace(/^.*\?/, ''))).toEqual([
      'per_page=100',
      'per_page=1&page_token=change%2Fone',
    ]);
  });

  test('opens a branch for merges only, also when it was protected for less', async () => {
    await using at = await started();
    const rules = { requiredApprovals: 0, requiredStatusChecks: [] };
    await fetchJson(at.gitlab, 'POST', 'protected_branches', { name: 'main', push_access_level: 40 });

    const first = await at.forge.protectBranch(name, 'main', rules);
    const second = await at.forge.protectBranch(name, 'main', rules);

    expect([first.changed, second.changed]).toEqual([true, false]);
    expect(at.gitlab.push(name.owner, name.repository, 'main')).toBe('refused');
  });

  test('says that approvals need a paid tier, and does without them', async () => {
    await using at = await started({ isPremium: false });
    const rules = { requiredApprovals: 0, requiredStatusChecks: ['luban/verify'] };

    const without = await at.forge.protectBranch(name, 'main', rules);

    expect(without.changed).toBe(true);
    await expect(at.forge.protectBranch(name, 'main', { ...rules, requiredApprovals: 1 })).rejects.toThrow(
      /no rules for approvals/,
    );
  });

  test('sends the new token of a hook that is there', async () => {
    await using at = await started();
    const hook = { url: 'https://luban.example.com/push', events: ['push'] as const };
    await at.forge.ensureWebhook(name, { ...hook, secret: 'first-secret' });

    await at.forge.ensureWebhook(name, { ...hook, secret: 'second-secret' });

    expect(at.gitlab.hooksOf(name.owner, name.repository)).toEqual([
      {
        id: 1,
        url: hook.url,
        token: 'second-secret',
        custom_headers: [{ key: 'Authorization', value: 'Bearer second-secret' }],
        push_events: true,
        tag_push_events: true,
        merge_requests_events: false,
        note_events: false,
        enable_ssl_verification: true,
      },
    ]);
  });

  test.each([
    [401, /the token may not merge into this branch/],
    [405, /it cannot be merged \(405 Method Not Allowed\)/],
    [409, /change\/one is no longer at a+/],
    [422, /it cannot be merged \(Branch cannot be merged\)/],
  ])('a merge that is answered %i says why', async (status, sentence) => {
    const request = {
      ...{ iid: 1, web_url: 'https://gitlab.corp/x', title: 't', state: 'opened', labels: [], target_project_id: 1 },
      ...{ source_branch: 'change/one', target_branch: 'main', sha: 'a'.repeat(40) },
    };
    const words: Record<number, string> = { 405: '405 Method Not Allowed', 422: 'Branch cannot be merged' };
    await using server = await loopbackServer(({ method }, response) =>
      method === 'GET'
        ? response.writeHead(200).end(JSON.stringify(request))
        : response.writeHead(status).end(JSON.stringify({ message: words[status] ?? 'no' })),
    );
    const forge = createGitLabForge({ baseUrl: server.url, token, clock: fixedClock() });

    const merging = forge.mergeChangeRequest(name, 1, { expectedHead: request.sha, method: 'merge' });

    await expect(merging).rejects.toThrow(sentence);
    expect(server.seen).toHaveLength(2);
  });

  test('refuses a name that would leave its place in the path, before anything is sent', async () => {
    await using at = await started();

    await expect(at.forge.getRepository({ owner: 'metasync/..', repository: 'cart' })).rejects.toThrow(/is not a name/);
    expect(at.gitlab.seen).toEqual([]);
  });
});

async function fetchJson(gitlab: GitLabStandIn, method: string, path: string, body: unknown): Promise<void> {
  await fetch(`${gitlab.url}/api/v4/projects/metasync%2Fdelivery%2Feu%2Fcart/${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}
