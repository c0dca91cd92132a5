import { gitServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { converse, OtherProtocolError } from './conversation.ts';
import { parseGitUrl } from './git-url.ts';
import { type HttpLine, httpLine } from './http-line.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';

test('one connection answers for refs and objects, and nobody asks first what the server can do', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { 'a/b': 'text\n' }, 'main-2': {} });
  const ids = await server.git('app', ['rev-parse', 'main', 'main-2', 'main:a/b']);
  const [main = '', other = '', blob = ''] = ids.trim().split('\n');
  await server.git('app', ['tag', '--annotate', '--message=first', 'v1', main]);
  using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;
  const { listRefs, fetchPack } = converse(line);

  const [heads, tags] = [await listRefs(['refs/heads/main']), await listRefs(['refs/tags/', 'refs/none/'])];
  const [tip, file] = [
    await fetchPack({ wants: [main], depth: 1, filter: 'blob:none' }),
    await fetchPack({ wants: [blob] }),
  ];

  expect([...heads].toSorted()).toEqual([
    ['refs/heads/main', main],
    ['refs/heads/main-2', other],
  ]);
  expect([...tags]).toEqual([['refs/tags/v1', main]]);
  expect([tip?.shallow, tip?.bytes.readUInt32BE(8)]).toEqual([[main], 3]);
  expect(file?.bytes.readUInt32BE(8)).toBe(1);
  expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'POST', 'POST']);
});

test('a refusal is an answer, and the next question gets its own', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { file: 'text\n' } });
  using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;
  const { listRefs, fetchPack } = converse(line);

  const [refused, refs] = await Promise.all([fetchPack({ wants: ['4'.repeat(40)] }), listRefs(['refs/heads/'])]);

  expect(refused).toBeUndefined();
  expect([...refs.keys()]).toEqual(['refs/heads/main']);
});

test('an older server is not spoken to, and whoever is not let in is told so by an error', async () => {
  await using server = await gitServer({ user, protocol: 1 });
  const url = await server.create('app', { main: { file: 'text\n' } });
  const errorTold = async (given = testSettings(server)): Promise<unknown> => {
    using line = httpLine(given, parseGitUrl(url, false)) as HttpLine;
    return await converse(line)
      .listRefs(['refs/heads/'])
      .catch((error: unknown) => error);
  };

  const older = await errorTold();
  const stranger = await errorTold(testSettings(server, { access: [] }));

  expect(older).toBeInstanceOf(OtherProtocolError);
  expect(stranger).toBeInstanceOf(Error);
  expect(stranger).not.toBeInstanceOf(OtherProtocolError);
});

test('a server that leaves nothing out is asked once whether it could, and gives everything', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { 'a/b': 'text\n' } });
  await server.git('app', ['config', 'uploadpack.allowFilter', 'false']);
  const main = (await server.git('app', ['rev-parse', 'main'])).trim();
  using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;
  const { fetchPack } = converse(line);

  const [first, second] = [
    await fetchPack({ wants: [main], depth: 1, filter: 'blob:none' }),
    await fetchPack({ wants: [main], depth: 1, filter: 'tree:0' }),
  ];

  expect([first, second].map((pack) => pack?.bytes.readUInt32BE(8))).toEqual([4, 4]);
  expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'GET', 'POST', 'POST']);
});

test('a connection that breaks is no answer: the question is asked again', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { file: 'text\n' } });
  let isBroken = true;
  server.setFault(() => {
    const fault = isBroken ? ({ reset: 'before' } as const) : undefined;
    isBroken = false;
    return fault;
  });
  using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;

  const refs = await converse(line).listRefs(['refs/heads/']);

  expect([...refs.keys()]).toEqual(['refs/heads/main']);
});
