import { type GitServer, gitServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { fetchCommit, type ObjectFilter } from './fetch-commit.ts';
import { parseGitUrl } from './git-url.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';
import { walkTo } from './tree-walk.ts';
import { openWorkRepository } from './work-repository.ts';

const files = { 'a/b/c/one': '1', 'a/b/c/two': '2', 'a/b/three': '3', 'a-b': '4', 'z/four': '5', five: '6' };

/** Paths that a walk comes to, and how many requests it makes after the commit has been fetched. */
async function walked(server: GitServer, paths: readonly string[], filter: ObjectFilter = 'upper trees') {
  const remote = parseGitUrl(server.url('app'), false);
  await using repository = await openWorkRepository(testSettings(server), remote);
  const commit = (await fetchCommit(repository, 'refs/heads/main', { filter, depth: 1 })) ?? '';
  const before = server.requests.length;
  const entries = await walkTo(repository, commit, paths);
  return { paths: entries.map(({ path }) => path), requests: server.requests.length - before, entries };
}

test('a walk comes to files, to folders with all below them, and to nothing else', async () => {
  await using server = await gitServer({ user });
  await server.create('app', { main: files });

  const some = await walked(server, ['a/b/c/one', 'a/b/c', 'five', 'five/below', 'none', 'z/none']);
  const all = await walked(server, ['']);

  const listing = await server.git('app', ['ls-tree', '-r', 'main']);
  expect(some.paths).toEqual(['a/b/c/one', 'a/b/c/two', 'five']);
  expect(all.entries.map(({ mode, id, path }) => `${mode} blob ${id}\t${path}\n`).join('')).toBe(listing);
});

test('folders that are not here are fetched when they are reached: with one request, and those below with them', async () => {
  await using server = await gitServer({ user });
  await server.create('app', { main: files });

  const upper = await walked(server, ['five', 'z/four']);
  const deep = await walked(server, ['a/b/c/one', 'a/b/three']);
  const fromTheRoot = await walked(server, ['a/b/c/one'], 'tree:0');

  expect([upper.requests, deep.requests, fromTheRoot.requests]).toEqual([0, 1, 1]);
  expect(deep.paths).toEqual(['a/b/c/one', 'a/b/three']);
});

test('a server that chooses trees by no depth gives all of them', async () => {
  await using server = await gitServer({ user });
  await server.create('app', { main: files });
  await server.git('app', ['config', 'uploadpackfilter.tree.maxDepth', '0']);

  const deep = await walked(server, ['a/b/c/one']);

  expect(deep).toMatchObject({ paths: ['a/b/c/one'], requests: 0 });
});
