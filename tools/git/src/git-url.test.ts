import { InputError } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { parseGitUrl } from './git-url.ts';
import { isRefName } from './ref-name.ts';

test('addresses over http, https and ssh are taken, with the origin that credentials belong to', () => {
  const urls = [
    'https://git.example/a/b.git',
    'http://127.0.0.1:3000/a/b',
    'ssh://git@git.example:22/a/b',
    'git@git.example:v3/a/b',
  ];

  expect(urls.map((url) => parseGitUrl(url, false)).map(({ protocol, origin }) => [protocol, origin])).toEqual([
    ['https', 'https://git.example'],
    ['http', 'http://127.0.0.1:3000'],
    ['ssh', undefined],
    ['ssh', undefined],
  ]);
});

test('what git would take for a command, an option or a local path is refused', () => {
  const urls = [
    '',
    '-u',
    '--upload-pack=id',
    'ext::sh -c id',
    'ext::sh',
    'file:///etc',
    '/etc',
    'a/b',
    'git://git.example/a',
    'ftp://git.example/a',
    'https://git.example/a\nb',
    'https://git.example/a\0',
    'ssh://-oProxyCommand=id/a',
    'https://git.example/$(id) x',
  ];

  const accepted = urls.filter((url) => {
    try {
      return parseGitUrl(url, false) !== undefined;
    } catch (error) {
      return !(error instanceof InputError);
    }
  });

  expect(accepted).toEqual([]);
  expect(parseGitUrl('file:///srv/git/a.git', true).protocol).toBe('file');
});

test('a URL with a user or a token in it is refused without repeating it', () => {
  for (const url of [
    'https://me:hunter22@git.example/a',
    'https://hunter22@git.example/a',
    'ssh://git:hunter22@git.example/a',
  ]) {
    const message = (() => {
      try {
        parseGitUrl(url, false);
        return 'accepted';
      } catch (error) {
        return String(error);
      }
    })();

    expect(message).toBe('InputError: the repository URL holds credentials');
  }
});

test('a ref name is what git check-ref-format says it is', async () => {
  await using folder = await temporaryFolder();
  const names = [
    'main',
    'feature/x',
    'v1.0.0+build',
    'ünïcode',
    'a@b',
    '@',
    'a@{b',
    '.a',
    'a/.b',
    'a..b',
    'a.',
    'a.lock',
    'a.lock/b',
    'a b',
    'a~b',
    'a^b',
    'a:b',
    'a?b',
    'a*b',
    'a[b',
    'a\\b',
    '/a',
    'a/',
    'a//b',
    'a\tb',
    'a\x7fb',
    '',
    'a`$(id)`',
    'a\'b"c',
    'HEAD',
  ];

  const judged = await Promise.all(
    names.map(async (name) => {
      const args = ['check-ref-format', `refs/heads/${name}`];
      return (await runProgram('git', args, { cwd: folder.path, env: plainEnvironment() })).exitCode === 0;
    }),
  );

  expect(names.filter((name) => isRefName(name) && name !== '@')).toEqual(
    names.filter((name, at) => judged[at] === true && name !== '@'),
  );
  expect(isRefName('-x')).toBe(false);
});
