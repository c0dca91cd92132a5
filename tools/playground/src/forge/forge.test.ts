import { createHmac } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { startPlayground } from '../start-playground.ts';
import { commitTo, runGitAs } from '../testing/git-client.ts';
import { botToken, runningPlayground } from '../testing/running-playground.ts';

const cart = 'repos/metasync/cart';

describe('webhooks', () => {
  test('a push is told to its hook as Gitea tells it, signed with the secret', async () => {
    await using receiver = await loopbackServer((_, response) => response.writeHead(204).end());
    await using at = await runningPlayground();
    const config = { url: `${receiver.url}/gitea/push`, content_type: 'json', secret: 'shared secret' };
    const made = await at.api('POST', `${cart}/hooks`, { type: 'gitea', config, events: ['push'], active: true });

    const { commit } = await commitTo(botToken, at.clone, 'main', 'first');
    await runGitAs(botToken, at.clone, ['push', '--quiet', 'origin', 'HEAD:refs/tags/v1']);
    await at.playground.idle();

    const [branch, tag] = receiver.seen;
    const signature = createHmac('sha256', 'shared secret')
      .update(branch?.body ?? '')
      .digest('hex');
    expect(JSON.stringify(made.body)).not.toContain('shared secret');
    expect(branch?.headers).toMatchObject({
      'x-gitea-event': 'push',
      'x-gitea-signature': signature,
      'x-hub-signature-256': `sha256=${signature}`,
    });
    expect(JSON.parse(branch?.body ?? '')).toMatchObject({
      ref: 'refs/heads/main',
      before: '0'.repeat(40),
      after: commit,
      commits: [{ id: commit, message: 'Add first\n', added: ['first.txt'], removed: [], modified: [] }],
      head_commit: { id: commit },
      repository: {
        name: 'cart',
        full_name: 'metasync/cart',
        clone_url: at.playground.cloneUrl('metasync', 'cart'),
        default_branch: 'main',
      },
      pusher: { login: 'bot' },
    });
    expect(JSON.parse(tag?.body ?? '')).toMatchObject({ ref: 'refs/tags/v1', after: commit, commits: [] });
  });

  test('a merge is told, and another machine is never called', async () => {
    await using receiver = await loopbackServer((_, response) => response.writeHead(500).end());
    await using at = await runningPlayground();
    const { commit } = await commitTo(botToken, at.clone, 'main', 'first');
    await commitTo(botToken, at.clone, 'change', 'second');
    for (const url of [receiver.url, 'http://evil.example/hook']) {
      const config = { url, content_type: 'json', secret: 's' };
      await at.api('POST', `${cart}/hooks`, { type: 'gitea', config, active: true });
    }

    await at.api('POST', `${cart}/pulls`, { head: 'change', base: 'main', title: 'Change' });
    const merged = await at.api('POST', `${cart}/pulls/1/merge`, { Do: 'merge' });
    await at.playground.idle();

    expect(merged.status).toBe(200);
    expect(receiver.seen.map(({ body }) => JSON.parse(body))).toMatchObject([
      { ref: 'refs/heads/main', before: commit, total_commits: 2, pusher: { login: 'bot' } },
    ]);
  });
});

describe('pull requests', () => {
  test('a merge is a real merge commit with both parents', async () => {
    await using at = await runningPlayground();
    const main = await commitTo(botToken, at.clone, 'main', 'first');
    const change = await commitTo(botToken, at.clone, 'change', 'second');
    await at.api('POST', `${cart}/pulls`, { head: 'change', base: 'main', title: 'Change' });

    await at.api('POST', `${cart}/pulls/1/merge`, { Do: 'merge', head_commit_id: change.commit });
    await runGitAs(botToken, at.clone, ['fetch', '--quiet', 'origin']);
    const { stdout } = await runGitAs(botToken, at.clone, ['log', '-1', '--format=%P|%s|%an', 'origin/main']);

    expect(stdout.trim()).toBe(
      `${main.commit} ${change.commit}|Merge pull request 'Change' (#1) from change into main|bot`,
    );
  });

  test('a conflict, a second pull request and one without changes are refused as Gitea does', async () => {
    await using at = await runningPlayground();
    await commitTo(botToken, at.clone, 'main', 'first');
    await writeFile(join(at.clone, 'first.txt'), 'left\n');
    await commitTo(botToken, at.clone, 'left', 'more');
    await runGitAs(botToken, at.clone, ['checkout', '--quiet', 'main']);
    await writeFile(join(at.clone, 'first.txt'), 'right\n');
    await runGitAs(botToken, at.clone, ['add', '.']);
    await runGitAs(botToken, at.clone, ['commit', '--quiet', '-m', 'right']);
    await runGitAs(botToken, at.clone, ['push', '--quiet', '--force', 'origin', 'main']);
    const open = (head: string, base: string) => at.api('POST', `${cart}/pulls`, { head, base, title: 'x' });

    expect((await open('left', 'left')).status).toBe(422);
    expect((await open('none', 'main')).status).toBe(404);
    expect((await open('left', 'main')).status).toBe(201);
    expect(await open('left', 'main')).toMatchObject({
      status: 409,
      body: { message: 'pull request already exists for these targets [id: 1]' },
    });
    expect((await at.api('POST', `${cart}/pulls/1/merge`, { Do: 'rebase' })).status).toBe(405);
    expect(
      (await at.api('POST', `${cart}/pulls/1/merge`, { Do: 'merge', head_commit_id: 'a'.repeat(40) })).status,
    ).toBe(409);
    expect(await at.api('POST', `${cart}/pulls/1/merge`, {})).toMatchObject({
      status: 405,
      body: { message: 'Please try again later' },
    });
    expect((await at.api('GET', `${cart}/pulls/99`)).status).toBe(404);
  });

  test('an approval of somebody else is asked for where the branch wants one', async () => {
    await using at = await runningPlayground();
    await commitTo(botToken, at.clone, 'main', 'first');
    await commitTo(botToken, at.clone, 'change', 'second');
    await at.api('POST', `${cart}/branch_protections`, { rule_name: 'main', required_approvals: 1 });
    await at.api('POST', `${cart}/pulls`, { head: 'change', base: 'main', title: 'Change' });
    const reviews = `${at.playground.url}/api/v1/${cart}/pulls/1/reviews`;

    const own = await at.api('POST', `${cart}/pulls/1/reviews`, { event: 'APPROVED' });
    const early = await at.api('POST', `${cart}/pulls/1/merge`, {});
    const headers = { authorization: 'token token-of-guest' };
    await fetch(reviews, { method: 'POST', headers, body: JSON.stringify({ event: 'APPROVED' }) });
    const late = await at.api('POST', `${cart}/pulls/1/merge`, {});

    expect(own.status).toBe(422);
    expect(early).toMatchObject({ status: 405, body: { message: 'Does not have enough approvals' } });
    expect(late.status).toBe(200);
  });
});

describe('the forge', () => {
  test('combines the newest status of every context', async () => {
    await using at = await runningPlayground();
    const { commit } = await commitTo(botToken, at.clone, 'main', 'first');
    const set = (context: string, state: string) => at.api('POST', `${cart}/statuses/${commit}`, { context, state });
    await set('build', 'pending');
    await set('build', 'success');
    await set('verify', 'failure');

    const combined = await at.api('GET', `${cart}/commits/main/status`);

    expect(combined.body).toMatchObject({ sha: commit, state: 'failure', total_count: 2 });
  });

  test('hostile and unknown names are refused as Gitea does', async () => {
    await using at = await runningPlayground();
    const calls: [method: string, path: string, status: number, body?: unknown][] = [
      ['POST', 'user/repos', 422, { name: '../x' }],
      ['POST', 'user/repos', 422, { name: 'x.git' }],
      ['POST', 'user/repos', 422, { name: 'a/b' }],
      ['POST', 'user/repos', 422, { name: 'x', default_branch: '--exec' }],
      ['POST', 'user/repos', 422, {}],
      ['POST', 'user/repos', 409, { name: 'Taken' }],
      ['POST', 'orgs', 422, { username: 'api' }],
      ['POST', 'orgs', 422, { username: '..' }],
      ['POST', 'orgs', 422, { username: 'bot' }],
      ['GET', 'repos/metasync/%2e%2e', 404],
      ['GET', 'repos/metasync/cart/branches/--all', 404],
      ['GET', 'repos/metasync/cart/statuses/--all', 404],
      ['GET', 'nothing', 404],
      ['DELETE', 'user', 405],
    ];
    await at.api('POST', 'user/repos', { name: 'taken' });

    const answers = [];
    for (const [method, path, , body] of calls) {
      answers.push([method, path, (await at.api(method, path, body)).status, body]);
    }

    expect(answers).toEqual(calls.map(([method, path, status, body]) => [method, path, status, body]));
  });

  test('a restart with the same folder keeps repositories, pull requests, rules and hooks', async () => {
    await using at = await runningPlayground();
    await commitTo(botToken, at.clone, 'main', 'first');
    await commitTo(botToken, at.clone, 'change', 'second');
    await at.api('POST', `${cart}/pulls`, { head: 'change', base: 'main', title: 'Change' });
    await at.api('POST', `${cart}/branch_protections`, { rule_name: 'main' });
    const before = await at.api('GET', `${cart}/pulls/1`);
    await at.playground[Symbol.asyncDispose]();

    await using again = await startPlayground({ folder: at.data, port: Number(new URL(at.playground.url).port) });
    const pull = await (await fetch(`${again.url}/api/v1/${cart}/pulls/1`)).json();
    const rule = await fetch(`${again.url}/api/v1/${cart}/branch_protections/main`);

    expect(pull).toEqual(before.body);
    expect(rule.status).toBe(200);
  });

  test('a repository made without the API is made once, and not with a name that leads elsewhere', async () => {
    await using at = await runningPlayground();
    const { commit } = await commitTo(botToken, at.clone, 'main', 'first');

    const url = await at.playground.createRepository('metasync', 'cart');

    expect(url).toBe(at.playground.cloneUrl('metasync', 'cart'));
    expect((await at.api('GET', `${cart}/branches/main`)).body).toMatchObject({ commit: { id: commit } });
    await expect(at.playground.createRepository('..', 'x')).rejects.toThrow('cannot name a repository');
  });

  test('a page of another site may change nothing', async () => {
    await using at = await runningPlayground({ users: [] });
    const init = { method: 'POST', body: '{"username":"evil"}' };

    const foreign = await fetch(`${at.playground.url}/api/v1/orgs`, {
      ...init,
      headers: { origin: 'http://evil.example' },
    });
    const own = await fetch(`${at.playground.url}/api/v1/orgs`, init);

    expect([foreign.status, own.status]).toEqual([403, 201]);
  });
});
