import { gitServer, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { type Conversation, converse } from './conversation.ts';
import { parseGitUrl } from './git-url.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';

test('one connection answers for refs and objects, and asks once what the server can do', async () => {
  await using server = await gitServer({ user });
  await using folder = await temporaryFolder();
  const url = await server.create('app', { main: { 'a/b': 'text\n' }, 'main-2': {} });
  const ids = await server.git('app', ['rev-parse', 'main', 'main-2', 'main:a/b']);
  const [main = '', other = '', blob = ''] = ids.trim().split('\n');
  await server.git('app', ['tag', '--annotate', '--message=first', 'v1', main]);
  await using conversation = await converse(testSettings(server), parseGitUrl(url, false), folder.path);
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
  await using folder = await temporaryFolder();
  const url = await server.create('app', { main: { file: 'text\n' } });
  await using conversation = await converse(testSettings(server), parseGitUrl(url, false), folder.path);
  const { listRefs, fetchPack } = conversation as Conversation;

  const [refused, refs] = await Promise.all([fetchPack({ wants: ['4'.repeat(40)] }), listRefs(['refs/heads/'])]);

  expect(refused).toBeUndefined();
  expect([...refs.keys()]).toEqual(['refs/heads/main']);
});

test('an older server and another transport are not spoken to, and whoever is not let in is told so by an error', async () => {
  await using server = await gitServer({ user, protocol: 1 });
  await using folder = await temporaryFolder();
  const url = await server.create('app', { main: { file: 'text\n' } });
  const settings = testSettings(server);
  const speak = (address: string, given = settings): ReturnType<typeof converse> =>
    converse(given, parseGitUrl(address, true), folder.path);

  const answers = [await speak(url), await speak(`file://${folder.path}`), await speak('git@git.example:app.git')];
  const stranger = await speak(url, testSettings(server, { access: [] })).catch((error: unknown) => error);

  expect(answers).toEqual([undefined, undefined, undefined]);
  expect(stranger).toBeInstanceOf(Error);
});
