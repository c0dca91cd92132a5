import { generateKeyPairSync } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { InputError, type StepContext, silentLog } from '@luban-ci/core';
import { fixedClock, type LoopbackServer, loopbackServer, temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { forgeCapability } from './forge.ts';
import { gitCapability } from './git.ts';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const app = { githubAppId: '4711', githubAppPrivateKey: privateKey };
const git = {
  gitUsername: 'git',
  gitHttpsAuthMode: 'extraheader_basic',
  gitFolding: 'auto',
  gitCommits: 'push',
} as const;

function contextAt(folder: string, more: Partial<StepContext> = {}): StepContext {
  const signal = new AbortController().signal;
  const usual = { workspace: folder, temporaryFolder: folder, log: silentLog, dryRun: false, run: {} };
  return { ...usual, signal, clock: fixedClock(), ...more };
}

describe('the forge of a repository', () => {
  /** What is asked of the server when a repository below it is read. */
  const asked = async (path: string, config: (server: LoopbackServer) => Record<string, string>, given = {}) => {
    await using folder = await temporaryFolder();
    await using server = await loopbackServer((_, response) => response.writeHead(404).end('{}'));
    await writeFile(folder.at('config.json'), JSON.stringify(config(server)));
    const forges = await forgeCapability.create(
      { configPath: folder.at('config.json'), ...given },
      contextAt(folder.path),
    );
    const { forge, name } = await forges.of(`${server.url}/${path}`);
    await forge.getRepository(name);
    return { provider: forge.provider, paths: server.seen.map((each) => each.path) };
  };

  test.each([
    ['gitea', 'metasync/cart.git', '/api/v1/repos/metasync/cart'],
    ['gitlab', 'metasync/eu/cart.git', '/api/v4/projects/metasync%2Feu%2Fcart'],
    ['github', 'metasync/cart', '/api/v3/repos/metasync/cart'],
    ['ado', 'tfs/Main/pay/_git/cart', '/tfs/Main/pay/_apis/git/repositories/cart?api-version=6.0'],
  ])('is %s where luban-config says so of its host', async (provider, path, address) => {
    expect(await asked(path, ({ host }) => ({ [`${provider}_server`]: host }))).toEqual({ provider, paths: [address] });
  });

  test('has the address and the API version of luban-config', async () => {
    const config = ({ url }: LoopbackServer) => ({ ado_base_url: `${url}/tfs`, ado_devops_api_version: '5.1' });

    expect(await asked('tfs/Main/pay/_git/cart', config)).toEqual({
      provider: 'ado',
      paths: ['/tfs/Main/pay/_apis/git/repositories/cart?api-version=5.1'],
    });
  });

  test('is what the inputs say, whatever luban-config says', async () => {
    const config = ({ host }: LoopbackServer) => ({ gitea_server: host });

    expect(await asked('metasync/cart', config, { gitProvider: 'github' })).toEqual({
      provider: 'github',
      paths: ['/api/v3/repos/metasync/cart'],
    });
  });

  test('is refused where nobody knows its host, also when a part of the name is known', async () => {
    const config = () => ({ gitea_server: '127.0.0' });

    await expect(asked('metasync/cart', config)).rejects.toThrow(/Nobody says what kind of forge 127\.0\.0\.1/);
  });
});

describe('a GitHub App', () => {
  const gitHub = (): Promise<LoopbackServer> => loopbackServer(({ path }, response) => answerApp(path, response));

  test('is who asks GitHub, and its tokens are hidden', async () => {
    await using folder = await temporaryFolder();
    await using server = await gitHub();
    const hidden: string[] = [];
    const ctx = contextAt(folder.path, { hide: (secret) => hidden.push(secret) });
    const forges = await forgeCapability.create({ ...app, gitProvider: 'github', gitToken: 'of-the-job' }, ctx);

    const { forge, name } = await forges.of(`${server.url}/metasync/cart`);
    await forge.getRepository(name);

    expect(server.seen.at(-1)?.headers.authorization).toBe('Bearer ghs_issued');
    expect(hidden).toEqual(['ghs_issued']);
  });

  test('is not who asks another forge', async () => {
    await using folder = await temporaryFolder();
    await using server = await gitHub();
    const given = { ...app, gitProvider: 'gitea', gitToken: 'of-the-job' } as const;
    const forges = await forgeCapability.create(given, contextAt(folder.path));

    const { forge, name } = await forges.of(`${server.url}/metasync/cart`);
    await forge.getRepository(name);

    expect(server.seen.map(({ headers }) => headers.authorization)).toEqual(['token of-the-job']);
  });

  test('is who git logs in as', async () => {
    await using folder = await temporaryFolder();
    await using server = await gitHub();
    const servers = await gitCapability.create({ ...git, ...app, gitToken: 'of-the-job' }, contextAt(folder.path));
    const address = `${server.url}/metasync/cart.git`;

    await servers
      .of(address)
      .resolveRef(address, 'main')
      .catch(() => undefined);

    const expected = `Basic ${Buffer.from('x-access-token:ghs_issued').toString('base64')}`;
    const toGit = server.seen.filter(({ path }) => path.startsWith('/metasync/cart.git/'));
    expect(new Set(toGit.map(({ headers }) => headers.authorization))).toEqual(new Set([expected]));
    expect(server.seen.filter(({ path }) => path.endsWith('/access_tokens'))).toHaveLength(1);
  });

  test.each([{ githubAppId: '4711' }, { githubAppPrivateKey: privateKey }])('is refused by halves', async (half) => {
    const making = forgeCapability.create(half, contextAt('/'));

    await expect(making).rejects.toThrow(InputError);
    await expect(gitCapability.create({ ...git, ...half }, contextAt('/'))).rejects.toThrow(/id and its private key/);
  });
});

function answerApp(path: string, response: ServerResponse): void {
  if (path.endsWith('/installation')) response.writeHead(200).end('{"id":12}');
  else if (path.endsWith('/access_tokens')) {
    response.writeHead(201).end('{"token":"ghs_issued","expires_at":"2026-01-02T04:04:05Z"}');
  } else response.writeHead(404).end('{}');
}
