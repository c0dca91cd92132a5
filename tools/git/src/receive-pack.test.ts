import { gitServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { parseGitUrl } from './git-url.ts';
import { type HttpLine, httpLine } from './http-line.ts';
import { receiverAt } from './receive-pack.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';

const terms = { options: [], together: 'all' } as const;

test('what is new is sent at once to whom we spoke before; what is to change is looked at first', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { file: 'text\n' } });
  const main = (await server.git('app', ['rev-parse', 'main'])).trim();
  using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;
  const receiver = receiverAt(line);
  const asked: string[][] = [];
  const push = async (from: string | undefined, to: string | undefined, ref: string): Promise<string | undefined> => {
    const before = server.requests.length;
    const answer = await receiver.push([{ ref, from, to }], [], terms);
    asked.push(server.requests.slice(before).map(({ method }) => method));
    return answer?.answer;
  };

  const answers = [
    await push(undefined, main, 'refs/luban/intents/main/1'),
    await push(undefined, main, 'refs/luban/intents/main/2'),
    await push(main, undefined, 'refs/luban/intents/main/1'),
    await push(undefined, main, 'refs/heads/main'),
  ];

  expect(answers).toEqual(['done', 'done', 'done', 'refused']);
  expect(asked).toEqual([['GET', 'POST'], ['POST'], ['GET', 'POST'], ['POST']]);
});

test('a stranger is asked what it can do, and what needs more than everybody can is asked for as well', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { file: 'text\n' } });
  const main = (await server.git('app', ['rev-parse', 'main'])).trim();
  const methods = async (hasSpoken: boolean, options: readonly string[]): Promise<string[]> => {
    using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;
    if (hasSpoken) await line.advertisement('git-upload-pack');
    const before = server.requests.length;
    const ref = `refs/luban/intents/main/${before}`;
    await receiverAt(line).push([{ ref, from: undefined, to: main }], [], { ...terms, options });
    return server.requests.slice(before).map(({ method }) => method);
  };

  expect(await methods(false, [])).toEqual(['GET', 'POST']);
  expect(await methods(true, [])).toEqual(['POST']);
  expect((await methods(true, ['ci.skip']))[0]).toBe('GET');
});
