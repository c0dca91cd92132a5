import { createHash } from 'node:crypto';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { textOf } from '@luban-ci/edits';
import { capturedLog, type GitServer, gitServer, type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createGit } from './create-git.ts';
import type { KeptFiles } from './kept-files.ts';
import { testSettings } from './settings.fixture.ts';

const files = { 'a.yaml': 'a: 1\n', 'b/c.yaml': 'a: 1\n', 'b/d.yaml': 'é: 2\r\n', 'README.md': 'no\n' };

async function asked(server: GitServer, cache: string | undefined, given: { branch?: string; choice?: string } = {}) {
  const before = server.requests.length;
  const log = capturedLog();
  const kept = await createGit(testSettings(server, { log: log.log })).keptFiles({
    url: server.url('app'),
    branch: given.branch ?? 'main',
    choice: given.choice ?? 'yaml',
    isWanted: (path) => path.endsWith(given.choice === 'all' ? '' : '.yaml'),
    folder: cache,
  });
  return { ...shown(kept), requests: server.requests.slice(before).map(({ method }) => method), said: log.text() };
}

function shown(kept: KeptFiles | undefined) {
  const texts = [...(kept?.files ?? [])].map(([path, file]) => [path, textOf(file, path)]);
  return { texts: Object.fromEntries(texts), fetched: kept?.fetched };
}

async function onlyFile(folder: TemporaryFolder): Promise<string> {
  const [name = '', ...more] = await readdir(folder.at('kept'));
  expect(more).toEqual([]);
  return folder.at('kept', name);
}

function checked(body: string): Buffer {
  return Buffer.from(`${createHash('sha256').update(body).digest('hex')}\n${body}`);
}

const yaml = { 'a.yaml': 'a: 1\n', 'b/c.yaml': 'a: 1\n', 'b/d.yaml': 'é: 2\r\n' };
/** What asks a server for its refs. */
const refsAlone = ['POST'];

test('files that were read are asked for once, as long as the branch stands still', async () => {
  await using server = await gitServer();
  await using folder = await temporaryFolder();
  await server.create('app', { main: files });

  const first = await asked(server, folder.at('kept'));
  const second = await asked(server, folder.at('kept'));

  expect([first.texts, first.fetched]).toEqual([yaml, 2]);
  expect([second.texts, second.fetched, second.requests]).toEqual([yaml, 0, refsAlone]);
  expect((await stat(await onlyFile(folder))).mode & 0o777).toBe(0o600);
});

test('of a branch that has moved only the contents that are new are fetched', async () => {
  await using server = await gitServer();
  await using folder = await temporaryFolder();
  await server.create('app', { main: files });
  await asked(server, folder.at('kept'));
  await createGit(testSettings(server)).land({
    url: server.url('app'),
    branch: 'main',
    message: 'm',
    edits: [{ kind: 'set-value', version: 1, path: 'b/c.yaml', at: 'a', value: 3 }],
  });

  const moved = await asked(server, folder.at('kept'));
  const again = await asked(server, folder.at('kept'));

  expect([moved.texts, moved.fetched]).toEqual([{ ...yaml, 'b/c.yaml': 'a: 3\n' }, 1]);
  expect([again.texts, again.fetched]).toEqual([moved.texts, 0]);
  await onlyFile(folder);
});

test.each<[string, (bytes: Buffer) => Uint8Array]>([
  ['cut off', (bytes) => bytes.subarray(0, -3)],
  ['changed by one bit', (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from('X')])],
  ['empty', () => new Uint8Array()],
  ['something else', () => Buffer.from('{}')],
  ['whole, and not ours', () => checked('no index\n')],
  ['of another version', () => checked('{"version":2,"files":[]}\n')],
])('what was kept and is %s is ignored and replaced', async (_, damage) => {
  await using server = await gitServer();
  await using folder = await temporaryFolder();
  await server.create('app', { main: files });
  await asked(server, folder.at('kept'));
  const path = await onlyFile(folder);
  const whole = await readFile(path);
  await writeFile(path, damage(whole));

  const after = await asked(server, folder.at('kept'));

  expect([after.texts, after.fetched]).toEqual([yaml, 2]);
  expect(Buffer.compare(await readFile(path), whole)).toBe(0);
});

test('another branch and another choice of files are kept on their own', async () => {
  await using server = await gitServer();
  await using folder = await temporaryFolder();
  await server.create('app', { main: files, next: { 'z.yaml': 'z: 1\n' } });
  await asked(server, folder.at('kept'));

  const answers = [
    await asked(server, folder.at('kept'), { branch: 'next' }),
    await asked(server, folder.at('kept'), { choice: 'all' }),
    await asked(server, folder.at('kept')),
  ];

  expect(answers.map(({ texts }) => texts)).toEqual([{ 'z.yaml': 'z: 1\n' }, files, yaml]);
  expect(await readdir(folder.at('kept'))).toHaveLength(3);
});

test('nothing is kept where nobody asks for it, and that a folder cannot be written is no failure', async () => {
  await using server = await gitServer();
  await using folder = await temporaryFolder();
  await server.create('app', { main: files });
  await writeFile(folder.at('taken'), '');

  const plain = await asked(server, undefined);
  const refused = await asked(server, folder.at('taken'));

  expect([plain.texts, plain.said]).toEqual([yaml, '']);
  expect(refused.texts).toEqual(yaml);
  expect(refused.said).toContain('what was read is not kept');
  expect(await readdir(folder.path)).toEqual(['taken']);
});

test('a branch that is gone has no files, whatever was kept', async () => {
  await using server = await gitServer();
  await using folder = await temporaryFolder();
  await server.create('app', { main: files, gone: files });
  await asked(server, folder.at('kept'), { branch: 'gone' });
  await server.git('app', ['update-ref', '-d', 'refs/heads/gone']);

  const after = await asked(server, folder.at('kept'), { branch: 'gone' });

  expect([after.texts, after.fetched]).toEqual([{}, undefined]);
});
