import { chmod, rm } from 'node:fs/promises';
import { InputError } from '@luban-ci/core';
import { gitServer, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createGit } from './create-git.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';

test('a dirty checkout lands as it is, where nobody else changed the same files', async () => {
  await using server = await gitServer({ user });
  await using work = await temporaryFolder();
  const url = await server.create('app', {
    main: { 'a.txt': 'a\n', 'gone.txt': 'x', '.gitignore': '*.log\n', 'theirs.txt': '1' },
  });
  const git = createGit(testSettings(server));
  const folder = work.at('app');
  await git.checkout({ url, ref: 'main', folder });
  await writeTree(folder, { 'a.txt': 'mine\n', 'new file.sh': '#!/bin/sh\n', 'noise.log': 'x' });
  await chmod(work.at('app', 'new file.sh'), 0o755);
  await rm(work.at('app', 'gone.txt'));
  const theirs = { kind: 'write-file', version: 1, path: 'theirs.txt', expected: null, content: null } as const;
  const blob = (await server.git('app', ['rev-parse', 'main:theirs.txt'])).trim();
  await git.land({ url, branch: 'main', edits: [{ ...theirs, expected: blob }], message: 'Theirs' });

  const tree = await git.readWorkTree(folder);
  const landed = await git.land({ url: tree.url, branch: tree.branch ?? '', edits: tree.edits, message: 'Mine' });
  const again = await git.land({ url, branch: 'main', edits: tree.edits, message: 'Mine' });

  expect([landed.outcome, again.outcome]).toEqual(['landed', 'already there']);
  expect(await server.git('app', ['ls-tree', '-r', '--format=%(objectmode) %(path)', 'main'])).toBe(
    '100644 .gitignore\n100644 a.txt\n100755 new file.sh\n',
  );
});

test('a checkout without changes has nothing to land, and another folder is refused', async () => {
  await using server = await gitServer({ user });
  await using work = await temporaryFolder();
  const url = await server.create('app', { main: { a: 'a' } });
  const git = createGit(testSettings(server));
  const folder = work.at('app');
  await git.checkout({ url, ref: (await git.resolveRef(url, 'main')).commit, folder });

  expect(await git.readWorkTree(folder)).toEqual({ url, branch: undefined, edits: [] });
  await expect(git.readWorkTree(work.path)).rejects.toThrow(InputError);
});
