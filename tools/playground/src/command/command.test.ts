import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment } from '@luban-ci/process';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { startPlayground } from '../start-playground.ts';
import { playgroundDown } from './playground-down.ts';
import { playgroundStatus } from './playground-status.ts';
import { playgroundUp } from './playground-up.ts';

const entry = fileURLToPath(new URL('./serve-main.ts', import.meta.url));
const optionsFor = (folder: string) => ({
  folder,
  reenter: { program: process.execPath, args: [entry, folder] },
  env: plainEnvironment(),
});

describe('luban playground', () => {
  test('up starts it once, status finds it, down stops it, and the next up has the same port and data', async () => {
    await using folder = await temporaryFolder();
    const options = optionsFor(folder.path);

    const first = await playgroundUp(options);
    const second = await playgroundUp(options);
    const status = await playgroundStatus(options);
    const headers = { authorization: `token ${first.token}` };
    const body = '{"username":"metasync"}';
    const made = await fetch(`${first.url}/api/v1/orgs`, { method: 'POST', headers, body });
    const { mode } = await stat(folder.at('playground.json'));
    const stopped = await playgroundDown(options);
    const again = await playgroundDown(options);
    const third = await playgroundUp(options);
    const kept = await fetch(`${third.url}/api/v1/orgs/metasync`, {
      headers: { authorization: `token ${third.token}` },
    });
    await playgroundDown(options);

    expect([first.changed, second.changed, second.pid === first.pid]).toEqual([true, false, true]);
    expect(status).toMatchObject({ running: true, url: first.url, token: first.token });
    expect([made.status, kept.status, mode & 0o777]).toEqual([201, 200, 0o600]);
    expect([stopped, again]).toEqual([{ changed: true }, { changed: false }]);
    expect(third.url).toBe(first.url);
    expect(third.token).not.toBe(first.token);
    expect(await playgroundStatus(options)).toEqual({ running: false });
  });

  test('the state of a killed one is recognised, whoever has its process id and port by now', async () => {
    await using folder = await temporaryFolder();
    await using stranger = await startPlayground({ folder: folder.at('stranger') });
    const { url, registry } = stranger;
    const state = {
      pid: process.pid,
      instance: 'another',
      url,
      registry,
      user: 'luban',
      token: 'secret',
      kubeconfig: 'x',
      startedAt: 'x',
    };
    await writeFile(folder.at('playground.json'), JSON.stringify(state));

    const status = await playgroundStatus({ folder: folder.path });
    const down = await playgroundDown({ folder: folder.path });

    expect([status, down]).toEqual([{ running: false }, { changed: false }]);
    expect((await fetch(`${url}/-/health`)).status).toBe(200);
  });

  test('one that cannot start says where its log is', async () => {
    await using folder = await temporaryFolder();
    const reenter = { program: process.execPath, args: ['-e', 'console.error("no such luck")'] };

    const starting = playgroundUp({ ...optionsFor(folder.path), reenter, timeoutSeconds: 0.5 });

    await expect(starting).rejects.toMatchObject({ hint: `Its log is ${join(folder.path, 'playground.log')}.` });
    expect(await readFile(folder.at('playground.log'), 'utf8')).toContain('no such luck');
  });

  test('nobody stops it without the token', async () => {
    await using folder = await temporaryFolder();
    let stopped = 0;
    const users = [
      { name: 'ann', token: 'token-of-ann', admin: true },
      { name: 'bob', token: 'token-of-bob' },
    ];
    await using playground = await startPlayground({ folder: folder.path, users, onStop: () => (stopped += 1) });
    const stop = async (token?: string): Promise<number> => {
      const headers = token === undefined ? {} : { authorization: `token ${token}` };
      return (await fetch(`${playground.url}/-/stop`, { method: 'POST', headers })).status;
    };

    expect([await stop(), await stop('guessed'), await stop('token-of-bob'), await stop('token-of-ann')]).toEqual([
      401, 403, 403, 202,
    ]);
    expect(stopped).toBe(1);
  });
});
