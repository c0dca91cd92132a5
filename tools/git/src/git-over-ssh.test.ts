import { readdir, readFile } from 'node:fs/promises';
import { RetryableError, StepError } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { capturedLog, type SshServer, sshServer, sshServerProgram, temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createGit, type Git } from './create-git.ts';
import type { GitSettings } from './git-settings.ts';
import { parseGitUrl } from './git-url.ts';
import { testSettings } from './settings.fixture.ts';
import { type SshAccess, sshAccessTo } from './ssh-access.ts';
import { allText, secretLines, watchedPrograms } from './watched-programs.fixture.ts';

const program = sshServerProgram();
const files = { 'kustomization.yaml': 'images: []\n' };

function gitWith(server: SshServer, given: Omit<SshAccess, 'server'>, settings: Partial<GitSettings> = {}): Git {
  const ssh = sshAccessTo(parseGitUrl(server.url('app'), false), given);
  return createGit(testSettings({ origin: '' }, { access: [], ssh, ...settings }));
}

async function freshKey(): Promise<string> {
  await using folder = await temporaryFolder();
  const args = ['-q', '-t', 'ed25519', '-N', '', '-f', folder.at('key')];
  await runProgram('ssh-keygen', args, { cwd: folder.path, env: plainEnvironment() });
  return await readFile(folder.at('key'), 'utf8');
}

const started = (): Promise<SshServer> => sshServer(program ?? 'sshd');
const failureOf = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => new Error('it worked'),
    (error) => error,
  );

describe.skipIf(program === undefined)('sshd: git over ssh', () => {
  test('reads, checks out and lands with the key, which nobody sees and which is gone afterwards', async () => {
    await using server = await started();
    await using watched = await temporaryFolder();
    await using work = await temporaryFolder();
    await using temporary = await temporaryFolder();
    const url = await server.create('app', files);
    const log = capturedLog();
    const environment = await watchedPrograms(watched, ['git', 'ssh']);
    const given = { privateKey: server.key, knownHosts: server.knownHosts };
    const git = gitWith(server, given, { environment, temporaryFolder: temporary.path, log: log.log });

    await git.checkout({ url, ref: 'main', folder: work.at('app') });
    const landed = await git.land({
      url,
      branch: 'main',
      message: 'm',
      edits: [{ kind: 'kustomize-set-image', version: 1, folder: '', image: 'a/b', to: { tag: 'v1' } }],
    });

    const { commit } = await git.resolveRef(url, 'main');
    const [argv, dumps] = [
      await readFile(watched.at('argv'), 'latin1'),
      await readFile(watched.at('environ'), 'latin1'),
    ];
    const traces = [argv, dumps, await allText(work.path), log.text(), JSON.stringify(landed)];
    expect(landed).toMatchObject({ outcome: 'landed', commit });
    expect(argv).toContain('push --porcelain');
    expect(argv).toContain('git-receive-pack');
    expect(secretLines(server.key).filter((line) => traces.some((trace) => trace.includes(line)))).toEqual([]);
    expect(await readdir(temporary.path)).toEqual([]);
  });

  test('a key that lost its last line feed, or has those of Windows, is the same key', async () => {
    await using server = await started();
    const url = await server.create('app', files);
    const { knownHosts, key } = server;
    const keys = [key.trimEnd(), key.replaceAll('\n', '\r\n')];

    const refs = await Promise.all(
      keys.map((privateKey) => gitWith(server, { privateKey, knownHosts }).listRefs(url, ['refs/heads/main'])),
    );

    expect(refs.map((each) => each.map(({ ref }) => ref))).toEqual([['refs/heads/main'], ['refs/heads/main']]);
  });

  test('a hashed known host is known', async () => {
    await using server = await started();
    await using folder = await temporaryFolder();
    const url = await server.create('app', files);
    const script = 'cat > known_hosts && ssh-keygen -q -H -f known_hosts >/dev/null 2>&1 && cat known_hosts';
    const options = { cwd: folder.path, env: plainEnvironment(), input: server.knownHosts };
    const knownHosts = (await runProgram('sh', ['-c', script], options)).stdout;

    const found = await gitWith(server, { privateKey: server.key, knownHosts }).listRefs(url);

    expect(knownHosts).toMatch(/^\|1\|/);
    expect(found.length).toBeGreaterThan(0);
  });

  test('what goes wrong is told by state, with what to do', async () => {
    await using server = await started();
    const url = await server.create('app', files);
    const { key, knownHosts } = server;
    const stranger = await freshKey();
    const elsewhere = knownHosts.replace(server.host, 'elsewhere.example');
    const hostKey = knownHosts.split(' ')[2] ?? '';
    const another = knownHosts.replace(hostKey, `${hostKey.slice(0, -8)}AAAAAAAA`);
    const ask = (privateKey: string, hosts: string, address = url): Promise<Error> =>
      failureOf(gitWith(server, { privateKey, knownHosts: hosts }).listRefs(address));

    const failures = [
      await ask(key, elsewhere),
      await ask(key, another),
      await ask(stranger, knownHosts),
      await ask(key, knownHosts, server.url('nowhere')),
    ];
    await server[Symbol.asyncDispose]();
    const away = await ask(key, knownHosts);

    expect(failures.map((error) => error.constructor)).toEqual([StepError, StepError, StepError, StepError]);
    expect(failures.map((error) => error.message)).toEqual([
      `could not read ${url}: the host key of ${server.host} is not known`,
      `could not read ${url}: the host key of ${server.host} is not the one that is known`,
      `could not read ${url}: the server does not take the key`,
      `could not read ${server.url('nowhere')}: the server takes the key, and does not give it that repository`,
    ]);
    expect(failures[0]).toMatchObject({ hint: expect.stringContaining('gitKnownHosts') });
    expect(away).toBeInstanceOf(RetryableError);
  });

  test('the key of one server is not offered to another', async () => {
    await using server = await started();
    await using other = await started();
    const url = await other.create('app', files);
    const given = { privateKey: server.key, knownHosts: `${server.knownHosts}${other.knownHosts}` };

    const failure = await failureOf(gitWith(server, given).listRefs(url));

    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure).toMatchObject({ hint: expect.stringContaining('gitSshKey') });
  });
});
