import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { startPlayground } from '../start-playground.ts';
import { commitTo, runGitAs } from '../testing/git-client.ts';
import { botToken, runningPlayground } from '../testing/running-playground.ts';

describe('git through the playground', () => {
  test('a push is seen by a new clone, and no token is left in its configuration', async () => {
    await using at = await runningPlayground();
    const { commit } = await commitTo(botToken, at.clone, 'main', 'first');

    const again = `${at.clone}-again`;
    await runGitAs(botToken, at.data, ['clone', '--quiet', at.playground.cloneUrl('metasync', 'cart'), again]);
    const { stdout } = await runGitAs(botToken, again, ['rev-parse', 'HEAD']);

    expect(stdout.trim()).toBe(commit);
    expect(await readFile(join(again, '.git', 'config'), 'utf8')).not.toContain(botToken);
  });

  test('serves depth, blob filters and any commit, and takes custom refs and atomic pushes', async () => {
    await using at = await runningPlayground();
    const first = await commitTo(botToken, at.clone, 'main', 'first');
    await commitTo(botToken, at.clone, 'main', 'second');
    const url = at.playground.cloneUrl('metasync', 'cart');
    const sparse = `${at.clone}-sparse`;

    await runGitAs(botToken, at.data, ['init', '--quiet', sparse]);
    const fetched = await runGitAs(botToken, sparse, [
      'fetch',
      '--quiet',
      '--depth=1',
      '--filter=blob:none',
      url,
      first.commit,
    ]);
    const refs = ['HEAD:refs/heads/other', 'HEAD:refs/luban/intents/1'];
    const pushed = await runGitAs(botToken, at.clone, [
      'push',
      '--quiet',
      '--atomic',
      '-o',
      'ci.skip',
      'origin',
      ...refs,
    ]);
    const listed = await runGitAs(botToken, at.clone, ['ls-remote', 'origin', 'refs/luban/*']);

    expect([fetched.exitCode, fetched.stderr, pushed.exitCode, pushed.stderr]).toEqual([0, '', 0, '']);
    expect(listed.stdout).toContain('refs/luban/intents/1');
  });

  test('a large push arrives whole', async () => {
    await using at = await runningPlayground();
    const { commit, exitCode } = await commitTo(botToken, at.clone, 'main', `big-${'x'.repeat(200)}`);
    const noise = await runGitAs(botToken, at.clone, [
      '-c',
      'http.postBuffer=1024',
      'push',
      'origin',
      'HEAD:refs/heads/chunked',
    ]);

    expect([exitCode, noise.exitCode]).toEqual([0, 0]);
    expect((await at.api('GET', 'repos/metasync/cart/branches/chunked')).body).toMatchObject({
      commit: { id: commit },
    });
  });

  test('pushes side by side all arrive', async () => {
    await using at = await runningPlayground();
    const { commit } = await commitTo(botToken, at.clone, 'main', 'first');
    const branches = Array.from({ length: 8 }, (_, index) => `refs/heads/side-${index}`);

    const pushes = branches.map((ref) => runGitAs(botToken, at.clone, ['push', '--quiet', 'origin', `HEAD:${ref}`]));
    const exitCodes = (await Promise.all(pushes)).map(({ exitCode }) => exitCode);
    const listed = await runGitAs(botToken, at.clone, ['ls-remote', 'origin', 'refs/heads/side-*']);

    expect(exitCodes).toEqual(branches.map(() => 0));
    expect(listed.stdout).toBe(branches.map((ref) => `${commit}\t${ref}\n`).join(''));
  });

  test('a stranger may not read, a guest may not push', async () => {
    await using at = await runningPlayground();

    const stranger = await runGitAs('wrong-token', at.clone, ['ls-remote', 'origin']);
    const reading = await runGitAs('token-of-guest', at.clone, ['ls-remote', 'origin']);
    const pushing = await commitTo('token-of-guest', at.clone, 'main', 'mine');

    expect(stranger.exitCode).not.toBe(0);
    expect(reading.exitCode).toBe(0);
    expect(pushing.stderr).toContain('403');
  });

  test('a push to a protected branch is refused, whatever else it brings; a named pusher may', async () => {
    await using at = await runningPlayground();
    const { commit } = await commitTo(botToken, at.clone, 'main', 'first');
    await at.api('POST', 'repos/metasync/cart/branch_protections', { rule_name: 'main', enable_push: false });

    const refused = await commitTo(botToken, at.clone, 'main', 'second');
    const mixed = await runGitAs(botToken, at.clone, [
      'push',
      'origin',
      'HEAD:refs/heads/other',
      'HEAD:refs/heads/main',
    ]);
    const deleted = await runGitAs(botToken, at.clone, ['push', 'origin', ':refs/heads/main']);
    const tips = await runGitAs(botToken, at.clone, ['ls-remote', 'origin', 'refs/heads/*']);
    const pushers = { enable_push: true, enable_push_whitelist: true, push_whitelist_usernames: ['bot'] };
    await at.api('PATCH', 'repos/metasync/cart/branch_protections/main', pushers);
    const allowed = await runGitAs(botToken, at.clone, ['push', 'origin', 'HEAD:refs/heads/main']);

    expect(refused.stderr).toContain('Not allowed to push to protected branch main');
    expect([refused.exitCode, mixed.exitCode, deleted.exitCode].every((code) => code !== 0)).toBe(true);
    expect(tips.stdout).toBe(`${commit}\trefs/heads/main\n`);
    expect(allowed.exitCode).toBe(0);
  });

  test('names that would lead elsewhere are refused', async () => {
    await using at = await runningPlayground();
    const paths = [
      '/../x/info/refs?service=git-upload-pack',
      '/%2e%2e/x.git/info/refs?service=git-upload-pack',
      '/metasync/%2e%2e%2fcart.git/info/refs?service=git-upload-pack',
      '/metasync/..%2f..%2fetc/info/refs',
      '/metasync/cart.git/%2e%2e/info/refs',
      '/metasync/.git/info/refs',
      '/metasync/%00/info/refs',
    ];

    const answers = await Promise.all(paths.map((path) => raw(at.playground.registry, path, {})));

    expect(answers.map(({ status }) => status)).toEqual([400, 400, 404, 404, 400, 404, 400]);
  });

  test('whoever hangs up before the answer has come does not keep it from stopping', async () => {
    const at = await runningPlayground();
    const url = `${at.playground.cloneUrl('metasync', 'cart')}/info/refs?service=git-upload-pack`;
    const headers = { authorization: `Basic ${Buffer.from(`x:${botToken}`).toString('base64')}` };

    const statuses = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const response = await fetch(url, { headers });
        await response.body?.cancel();
        return response.status;
      }),
    );
    await at[Symbol.asyncDispose]();

    expect(statuses).toEqual(Array(8).fill(200));
  });

  test('another name for this machine is refused, and so is another host to listen on', async () => {
    await using at = await runningPlayground();

    const rebound = await raw(at.playground.registry, '/', { host: 'evil.example' });
    const local = await raw(at.playground.registry, '/', {});

    expect([rebound.status, local.status]).toEqual([421, 200]);
    await expect(startPlayground({ folder: at.data, host: '0.0.0.0' })).rejects.toThrow('this machine only');
  });
});

/** `fetch` tidies paths up before it sends them; this does not. */
function raw(registry: string, path: string, headers: Record<string, string>): Promise<{ status: number | undefined }> {
  const [hostname, port] = registry.split(':');
  const authorization = `token ${botToken}`;
  return new Promise((resolve, reject) => {
    const call = httpRequest({ hostname, port, path, headers: { authorization, ...headers } }, (response) => {
      response.resume();
      resolve({ status: response.statusCode });
    });
    call.on('error', reject);
    call.end();
  });
}
