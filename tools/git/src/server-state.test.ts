import { type LoopbackServer, loopbackServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { basicHeader } from './git-access.ts';
import { parseGitUrl } from './git-url.ts';
import { serverState } from './server-state.ts';
import { testSettings } from './settings.fixture.ts';

describe('a server that refuses a token', () => {
  const serverThatTakes = (token: string): Promise<LoopbackServer> =>
    loopbackServer(({ headers }, response) => {
      const access = { origin: '', username: 'ci', token, mode: 'extraheader_basic' } as const;
      response.writeHead(headers.authorization === basicHeader(access) ? 200 : 401, {
        'content-type': 'application/x-git-receive-pack-advertisement',
      });
      response.end();
    });
  const ask = async (server: LoopbackServer, isSource: boolean) => {
    const refused: string[] = [];
    let latest = 'first';
    const tokens = {
      current: async () => latest,
      renewed: async (token: string) => {
        refused.push(token);
        latest = 'second';
        return latest;
      },
    };
    const token = isSource ? tokens : 'first';
    const access = [{ origin: server.url, username: 'ci', token, mode: 'extraheader_basic' as const }];
    const remote = parseGitUrl(`${server.url}/a/b.git`, false);
    const state = await serverState(testSettings({ origin: server.url }, { access }), remote, 'git-receive-pack');
    return { state, refused, asked: server.seen.length };
  };

  test('is asked once more with another one, where there is one', async () => {
    await using server = await serverThatTakes('second');

    expect(await ask(server, true)).toEqual({ state: { state: 'ready' }, refused: ['first'], asked: 2 });
  });

  test('is not asked a third time', async () => {
    await using server = await serverThatTakes('third');

    const state = { state: 'refused', status: 401 };
    expect(await ask(server, true)).toEqual({ state, refused: ['first'], asked: 2 });
  });

  test('is believed where there is no other one', async () => {
    await using server = await serverThatTakes('second');

    const state = { state: 'refused', status: 401 };
    expect(await ask(server, false)).toEqual({ state, refused: [], asked: 1 });
  });
});
