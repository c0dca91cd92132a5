import { expect, test } from 'vitest';
import { hasProxy } from './has-proxy.ts';

const proxy = 'http://proxy.example:3128';

test.each<[string, Record<string, string>, string, boolean]>([
  ['nothing is set', {}, 'https://git.example/a', false],
  ['one for this scheme', { https_proxy: proxy }, 'https://git.example/a', true],
  ['in capital letters', { HTTPS_PROXY: proxy }, 'https://git.example/a', true],
  ['one for the other scheme', { http_proxy: proxy }, 'https://git.example/a', false],
  ['one for all', { ALL_PROXY: proxy }, 'http://git.example/a', true],
  ['an empty one', { https_proxy: '' }, 'https://git.example/a', false],
  ['not for this host', { https_proxy: proxy, no_proxy: 'a.example, git.example' }, 'https://git.example/a', false],
  ['not for its domain', { https_proxy: proxy, NO_PROXY: '.example' }, 'https://Git.Example/a', false],
  ['for no host at all', { https_proxy: proxy, no_proxy: '*' }, 'https://git.example/a', false],
  ['not for a host whose name ends so', { https_proxy: proxy, no_proxy: 't.example' }, 'https://git.example/a', true],
  ['an exception that git has to judge', { https_proxy: proxy, no_proxy: '10.0.0.0/8' }, 'https://10.1.2.3/a', true],
])('whether a server is reached through a proxy: %s', (_, environment, url, expected) => {
  expect(hasProxy(environment, new URL(url))).toBe(expected);
});
