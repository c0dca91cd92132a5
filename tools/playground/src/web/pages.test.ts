import { describe, expect, test } from 'vitest';
import { commitTo, runGitAs } from '../testing/git-client.ts';
import { botToken, type RunningPlayground, runningPlayground } from '../testing/running-playground.ts';

const hostile = `<script>alert("1")</script>`;

async function withPull(): Promise<RunningPlayground> {
  const at = await runningPlayground();
  await commitTo(botToken, at.clone, 'main', 'first');
  await commitTo(botToken, at.clone, 'change', 'second');
  await at.api('POST', 'repos/metasync/cart/pulls', { head: 'change', base: 'main', title: hostile, body: hostile });
  return at;
}

describe('the pages', () => {
  test('show repositories, commits and pull requests, and escape everything', async () => {
    await using at = await withPull();
    await runGitAs(botToken, at.clone, [
      'commit',
      '--quiet',
      '--allow-empty',
      '-m',
      hostile,
      '--author',
      `${hostile} <x@y>`,
    ]);
    await runGitAs(botToken, at.clone, ['push', '--quiet', 'origin', 'HEAD:refs/heads/other']);
    const { stdout: head } = await runGitAs(botToken, at.clone, ['rev-parse', 'HEAD']);
    const paths = [
      '/',
      '/metasync/cart',
      '/metasync/cart/commits/other',
      `/metasync/cart/commit/${head.trim()}`,
      '/metasync/cart/pulls/1',
    ];

    const pages = await Promise.all(paths.map(async (path) => fetch(`${at.playground.url}${path}`)));
    const texts = await Promise.all(pages.map((page) => page.text()));

    expect(pages.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(texts.join('\n')).not.toContain('<script');
    expect(texts.join('\n')).toContain('&lt;script&gt;alert(&quot;1&quot;)');
    expect(texts[0]).toContain('1 open pull request');
    expect(texts[4]).toContain('+second');
    expect(pages[0]?.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  test('the merge button merges what was looked at, once', async () => {
    await using at = await withPull();
    const page = await (await fetch(`${at.playground.url}/metasync/cart/pulls/1`)).text();
    const head = /name="head" value="([0-9a-f]{40})"/.exec(page)?.[1] ?? '';
    const press = (origin: string | undefined, body = `head=${head}`) =>
      fetch(`${at.playground.url}/metasync/cart/pulls/1/merge`, {
        method: 'POST',
        redirect: 'manual',
        headers: { 'content-type': 'application/x-www-form-urlencoded', ...(origin === undefined ? {} : { origin }) },
        body,
      });

    const foreign = await press('http://evil.example');
    const unknown = await press(undefined);
    const blind = await press(at.playground.url, '');
    const first = await press(at.playground.url);
    const second = await press(at.playground.url);

    expect([foreign, unknown, blind, first, second].map(({ status }) => status)).toEqual([403, 403, 422, 303, 405]);
    const { body } = await at.api('GET', 'repos/metasync/cart/pulls/1');
    expect(body).toMatchObject({ merged: true, merged_by: { login: 'bot' } });
  });

  test('what does not exist is a page that says so', async () => {
    await using at = await runningPlayground();
    const paths = [
      '/nobody/nothing',
      '/metasync/cart/commit/HEAD',
      '/metasync/cart/commits/none',
      '/metasync/cart/pulls/7',
      '/x',
    ];

    const pages = await Promise.all(paths.map((path) => fetch(`${at.playground.url}${path}`)));
    const texts = await Promise.all(pages.map((page) => page.text()));

    expect(pages.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404]);
    expect(texts.every((text) => text.includes('All repositories'))).toBe(true);
  });
});
