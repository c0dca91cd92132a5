import { gitServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { type Conversation, converse } from './conversation.ts';
import { parseGitUrl } from './git-url.ts';
import { type HttpLine, httpLine } from './http-line.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';

test('one connection answers for refs and objects, and asks once what the server can do', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { 'a/b': 'text\n' }, 'main-2': {} });
  const ids = await server.git('app', ['rev-parse', 'main', 'main-2', 'main:a/b']);
  const [main = '', other = '', blob = ''] = ids.trim().split('\n');
  await server.git('app', ['tag', '--annotate', '--message=first', 'v1', main]);
  using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;
  const conversation = await converse(line);
  const { listRefs, fetchPack } = conversation as Conversation;

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
  expect(server.requests.map(({ method }) => method)).toEqual(['GET', 'POST', 'POST', 'POST', 'POST']);
});

test('a refusal is an answer, and the next question gets its own', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { file: 'text\n' } });
  using line = httpLine(testSettings(server), parseGitUrl(url, false)) as HttpLine;
  const conversation = await converse(line);
  const { listRefs, fetchPack } = conversation as Conversation;

  const [refused, refs] = await Promise.all([fetchPack({ wants: ['4'.repeat(40)] }), listRefs(['refs/heads/'])]);

  expect(refused).toBeUndefined();
  expect([...refs.keys()]).toEqual(['refs/heads/main']);
});

test('an older server is not spoken to, and whoever is not let in is told so by an error', async () => {
  await using server = await gitServer({ user, protocol: 1 });
  const url = await server.create('app', { main: { file: 'text\n' } });
  const speak = async (given = testSettings(server)): ReturnType<typeof converse> => {
    using line = httpLine(given, parseGitUrl(url, false)) as HttpLine;
    return await converse(line);
  };

  const older = await speak();
  const stranger = await speak(testSettings(server, { access: [] })).catch((error: unknown) => error);

  expect(older).toBeUndefined();
  expect(stranger).toBeInstanceOf(Error);
});
