import { InputError, type StepContext, silentLog, systemClock } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { gitCapability } from './git.ts';

const ctx: StepContext = {
  workspace: '/',
  temporaryFolder: '/tmp',
  log: silentLog,
  signal: new AbortController().signal,
  dryRun: false,
  clock: systemClock,
  run: {},
};

test('a token is never sent without TLS, except on this machine', async () => {
  const given = {
    gitUsername: 'git',
    gitToken: 't0ken',
    gitHttpsAuthMode: 'extraheader_basic',
    gitFolding: 'auto',
    gitCommits: 'push',
  } as const;
  const git = await gitCapability.create(given, ctx);

  expect(() => git.of('http://git.example.com/a/b.git')).toThrow(InputError);
  expect(git.of('http://127.0.0.1:3000/a/b.git')).toBeDefined();
  expect(git.of('https://git.example.com/a/b.git')).toBeDefined();
});

test('a key goes to the server of an address over ssh, and is read before anything is asked', async () => {
  const given = {
    gitUsername: 'git',
    gitSshKey: 'no key',
    gitHttpsAuthMode: 'extraheader_basic',
    gitFolding: 'auto',
    gitCommits: 'push',
  } as const;
  const git = await gitCapability.create(given, ctx);

  expect(() => git.of('git@git.example.com:a/b.git')).toThrow('The key for git over ssh is not a private key');
  expect(git.of('https://git.example.com/a/b.git')).toBeDefined();
});
