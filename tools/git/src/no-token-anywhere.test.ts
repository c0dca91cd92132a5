import { readdir, readFile } from 'node:fs/promises';
import { RetryableError, StepError } from '@luban-ci/core';
import { capturedLog, gitServer, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createGit } from './create-git.ts';
import type { GitAccessMode, GitSettings } from './git-settings.ts';
import { testSettings, throughProxy, testUser as user } from './settings.fixture.ts';
import { allText, watchedPrograms } from './watched-programs.fixture.ts';

const secretForms = [user.password, Buffer.from(`${user.username}:${user.password}`).toString('base64')];

test.each<{ mode: GitAccessMode; by: 'us' | 'git' }>([
  { mode: 'extraheader_basic', by: 'us' },
  { mode: 'extraheader_basic', by: 'git' },
  { mode: 'credential_store', by: 'us' },
  { mode: 'credential_store', by: 'git' },
])(
  'upstream-S7: with $mode, where $by asks the server, no token is in argv, files, logs or URLs',
  async ({ mode, by }) => {
    await using server = await gitServer({ user });
    await using watched = await temporaryFolder();
    await using work = await temporaryFolder();
    await using temporary = await temporaryFolder();
    const url = await server.create('app', { main: { 'kustomization.yaml': 'images: []\n' } });
    const log = capturedLog();
    const settings: GitSettings = testSettings(server, {
      access: [{ origin: server.origin, username: user.username, token: user.password, mode }],
      environment: { ...(await watchedPrograms(watched, ['git'])), ...(by === 'git' ? throughProxy(server) : {}) },
      temporaryFolder: temporary.path,
      log: log.log,
    });
    const git = createGit(settings);

    await git.checkout({ url, ref: 'main', folder: work.at('app') });
    const landed = await git.land({
      url,
      branch: 'main',
      message: 'm',
      edits: [{ kind: 'kustomize-set-image', version: 1, folder: '', image: 'a/b', to: { tag: 'v1' } }],
    });

    const argv = await readFile(watched.at('argv'), 'latin1');
    const traces = [
      argv,
      await allText(work.path),
      log.text(),
      JSON.stringify(server.requests),
      JSON.stringify(landed),
    ];
    expect(landed.outcome).toBe('landed');
    expect(argv.includes('push --porcelain')).toBe(by === 'git');
    expect(secretForms.filter((secret) => traces.some((trace) => trace.includes(secret)))).toEqual([]);
    expect(await readdir(temporary.path)).toEqual([]);
  },
);

test.each<GitAccessMode>(['extraheader_basic', 'credential_store'])(
  'with %s credentials never follow a redirect to another server',
  async (mode) => {
    await using other = await gitServer({ user });
    await using server = await gitServer({ redirectTo: other.origin });
    await other.create('app', { main: { a: 'a' } });
    const access = [{ origin: server.origin, username: user.username, token: user.password, mode }];

    const failure = await createGit(testSettings(server, { access }))
      .listRefs(server.url('app'))
      .catch((error) => error);

    expect(failure).toBeInstanceOf(StepError);
    expect(String(failure)).toContain(`the server sends it on to ${other.url('app')}`);
    expect(other.requests.filter(({ authorised }) => authorised)).toEqual([]);
  },
);

test('a failure names the server and never the token', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { a: 'a' } });
  const access = [
    { origin: server.origin, username: user.username, token: 'wrong-but-secret', mode: 'extraheader_basic' as const },
  ];
  const git = createGit(testSettings(server, { access }));

  const refused = await git.listRefs(url).catch((error) => error);
  const absent = await createGit(testSettings(server))
    .listRefs(server.url('nowhere'))
    .catch((error) => error);
  await server[Symbol.asyncDispose]();
  const away = await git.listRefs(url).catch((error) => error);

  expect([refused, absent, away].map((error) => error.constructor)).toEqual([StepError, StepError, RetryableError]);
  expect([refused, absent, away].map((error) => error.message)).toEqual([
    `could not read ${url}: the server refused access (HTTP 401)`,
    `could not read ${server.url('nowhere')}: the server has no such repository, or hides it from this account`,
    `could not read ${url}: the server cannot be reached or is busy`,
  ]);
});
