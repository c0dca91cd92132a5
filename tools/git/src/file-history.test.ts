import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type GitServer, gitServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { createGit } from './create-git.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';

/** What each commit of a branch writes, in order; `undefined` is a commit about something else. */
type Story = (Record<string, string> | undefined)[];

async function branchOf(server: GitServer, story: Story, messageOf = (at: number): string => `Commit ${at}`) {
  const url = await server.create('app', {});
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const commits = story.map((files = { noise: '' }, at) => {
    const changes = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text || String(at))}`);
    const head = `commit refs/heads/main\ncommitter Ada <ada@git.example> ${1_767_323_045 + at} +0000\n`;
    return `${head}${data(messageOf(at))}${changes.join('')}\n`;
  });
  await server.git('app', ['fast-import', '--quiet'], commits.join(''));
  return url;
}

const story = (length: number, files: Record<number, Record<string, string>>): Story =>
  Array.from({ length }, (_, at) => files[at]);

describe('the history of a file', () => {
  test('is followed back in steps, as far as it takes to find enough', async () => {
    await using server = await gitServer({ user });
    const files = { 3: { file: 'first' }, 500: { file: 'second' }, 895: { file: 'third' } };
    const url = await branchOf(server, story(900, files));
    const git = createGit(testSettings(server));
    const look = async (limit: number) => {
      const before = server.requests.length;
      const { versions, more } = await git.history({ url, branch: 'main', path: 'file', limit });
      return { texts: versions.map(({ text }) => text), more, requests: server.requests.length - before };
    };

    const [one, two, all] = [await look(1), await look(2), await look(10)];

    expect(one).toMatchObject({ texts: ['third'], more: true });
    expect(two).toMatchObject({ texts: ['third', 'second'], more: true });
    expect(all).toMatchObject({ texts: ['third', 'second', 'first'], more: false });
    expect(two.requests).toBeGreaterThan(3);
    expect(all.requests).toBeLessThanOrEqual(16);
  });

  test('within the first fifty commits costs one look', async () => {
    await using server = await gitServer({ user });
    const url = await branchOf(server, story(900, { 870: { file: 'older' }, 895: { file: 'newer' } }));

    const { versions, more } = await createGit(testSettings(server)).history({
      ...{ url, branch: 'main', path: 'file', limit: 1 },
    });

    expect([versions.map(({ text }) => text), more]).toEqual([['newer'], true]);
    expect(server.requests.filter(({ method }) => method === 'POST')).toHaveLength(3);
  });

  test('does not take the commit where it was cut off for one that changed it', async () => {
    await using server = await gitServer({ user });
    const url = await branchOf(server, story(60, { 0: { file: 'only' } }));

    const { versions } = await createGit(testSettings(server)).history({
      ...{ url, branch: 'main', path: 'file', limit: 5 },
    });

    expect(versions.map(({ subject, text }) => [subject, text])).toEqual([['Commit 0', 'only']]);
  });
});

test('files that belong together have one history, with who, when and the trailers', async () => {
  await using server = await gitServer({ user });
  const files = { 0: { a: 'a1' }, 1: { b: 'b1' }, 2: { c: 'c1' }, 3: { a: 'a2', b: 'b2' } };
  const trailers = 'Luban-Image: team/app:1.0.0\nLuban-Promoted-From: snd';
  const url = await branchOf(
    server,
    story(4, files),
    (at) => `Commit ${at}\n\nText: here.\n\n${at === 3 ? trailers : ''}`,
  );

  const { versions, more } = await createGit(testSettings(server)).historyOfFiles({
    ...{ url, branch: 'main', paths: ['a', 'b', 'none'], limit: 9 },
  });

  expect(more).toBe(false);
  expect(versions.map(({ subject, texts }) => [subject, Object.fromEntries(texts)])).toEqual([
    ['Commit 3', { a: 'a2', b: 'b2' }],
    ['Commit 1', { a: 'a1', b: 'b1' }],
    ['Commit 0', { a: 'a1' }],
  ]);
  expect(versions[0]).toMatchObject({
    date: new Date('2026-01-02T03:04:08Z'),
    author: { name: 'Ada', email: 'ada@git.example' },
    trailers: [
      ['Luban-Image', 'team/app:1.0.0'],
      ['Luban-Promoted-From', 'snd'],
    ],
  });
});

test('files of a branch are found by their paths, and nothing else is fetched', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { 'x/.luban': 'x', 'y/z/.luban': 'y', 'y/other': 'not wanted' } });
  const git = createGit(testSettings(server));
  // Whoever asks for this one gets an error: the server has lost it.
  const [unwanted = '', folder = ''] = (
    await server.git('app', ['rev-parse', 'main:y/other', '--absolute-git-dir'])
  ).split('\n');
  await rm(join(folder, 'objects', unwanted.slice(0, 2), unwanted.slice(2)));

  const found = await git.findFiles(url, 'main', { isWanted: (path) => path.endsWith('/.luban') });
  const none = await git.findFiles(url, 'main', { isWanted: () => false });

  expect(found?.commit).toBe((await server.git('app', ['rev-parse', 'main'])).trim());
  expect([...(found?.files.keys() ?? [])]).toEqual(['x/.luban', 'y/z/.luban']);
  expect(none?.files.size).toBe(0);
  expect(await git.findFiles(url, 'nowhere', { isWanted: () => true })).toBeUndefined();
  await expect(git.findFiles(url, 'main', { isWanted: () => true })).rejects.toThrow();
});

test('further files are asked for once the first are known', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: { 'a/index': 'b', 'a/b': 'content', 'a/c': 'other' } });

  const found = await createGit(testSettings(server)).findFiles(url, 'main', {
    isWanted: (path) => path === 'a/index',
    alsoWanted: (files, paths) => paths.filter((path) => path.endsWith(`/${textOf(files.get('a/index'))}`)),
  });

  expect([...(found?.files.keys() ?? [])]).toEqual(['a/index', 'a/b']);
});

function textOf(file: { bytes: Uint8Array } | undefined): string {
  return Buffer.from(file?.bytes ?? []).toString();
}
