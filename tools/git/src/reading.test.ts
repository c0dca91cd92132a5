import { readFile, symlink } from 'node:fs/promises';
import { InputError, StepError } from '@luban-ci/core';
import { textOf } from '@luban-ci/edits';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { type GitServer, gitServer, readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createGit } from './create-git.ts';
import { testSettings, testUser as user } from './settings.fixture.ts';

const files = { 'app/a.txt': 'a\n', 'app/b/c.txt': 'c', 'README.md': 'read me\n' };

async function commitOf(server: GitServer, ref: string): Promise<string> {
  return (await server.git('app', ['rev-parse', `${ref}^{commit}`])).trim();
}

test('branches, annotated tags, full refs, HEAD and commit ids are resolved, and nothing else', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: files, 'release/1': files });
  await server.git('app', [
    '-c',
    'user.name=T',
    '-c',
    'user.email=t@git.example',
    'tag',
    '-a',
    'v1.0.0',
    '-m',
    'x',
    'release/1',
  ]);
  const git = createGit(testSettings(server));
  const main = await commitOf(server, 'main');
  const release = await commitOf(server, 'release/1');

  expect(await git.resolveRef(url, 'main')).toEqual({ commit: main, ref: 'refs/heads/main' });
  expect(await git.resolveRef(url, 'v1.0.0')).toEqual({ commit: release, ref: 'refs/tags/v1.0.0' });
  expect(await git.resolveRef(url, 'refs/heads/release/1')).toEqual({ commit: release, ref: 'refs/heads/release/1' });
  expect(await git.resolveRef(url, 'HEAD')).toEqual({ commit: main, ref: 'HEAD' });
  expect(await git.resolveRef(url, main)).toEqual({ commit: main, ref: undefined });
  expect(await git.defaultBranch(url)).toBe('refs/heads/main');
  expect((await git.listRefs(url)).map(({ ref }) => ref)).toEqual([
    'HEAD',
    'refs/heads/main',
    'refs/heads/release/1',
    'refs/tags/v1.0.0',
  ]);
  await expect(git.resolveRef(url, 'nowhere')).rejects.toThrow(`${url} has no branch or tag called nowhere`);
  await expect(git.resolveRef(url, '--upload-pack=id')).rejects.toThrow(InputError);
});

test('a commit is read without its files, by ref and by id', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: files });
  const git = createGit(testSettings(server));
  const commit = await commitOf(server, 'main');
  const person = { name: 'Test', email: 'test@git.example' };
  const at = new Date('2026-01-02T03:04:05Z');

  const expected = {
    commit,
    tree: (await server.git('app', ['rev-parse', 'main^{tree}'])).trim(),
    parents: [],
    author: person,
    authoredAt: at,
    committer: person,
    committedAt: at,
    message: 'Start main\n',
  };

  expect(await git.readCommit(url, 'main')).toEqual(expected);
  expect(await git.readCommit(url, commit)).toEqual(expected);
  await expect(git.readCommit(url, 'f'.repeat(40))).rejects.toThrow(`${url} has no commit ${'f'.repeat(40)}`);
});

test('files and folders are read at a tip, and what is not there is left out', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: files });
  const git = createGit(testSettings(server));

  const read = await git.readFiles(url, 'main', ['app', 'README.md', 'nowhere.txt']);

  expect(read.commit).toBe(await commitOf(server, 'main'));
  expect([...read.files].map(([path, file]) => [path, textOf(file, path)])).toEqual(Object.entries(files).toSorted());
  await expect(git.readFiles(url, 'main', ['../x'])).rejects.toThrow(InputError);
  await expect(git.readFiles(url, 'main', ['.git/config'])).rejects.toThrow(InputError);
});

test('a symbolic link is refused, because it can point anywhere', async () => {
  await using server = await gitServer({ user });
  await using work = await temporaryFolder();
  const url = await server.create('app', { main: files });
  await createGit(testSettings(server)).checkout({ url, ref: 'main', folder: work.at('app') });
  await symlink('/etc/passwd', work.at('app', 'link'));
  const identity = ['-c', 'user.name=T', '-c', 'user.email=t@git.example'];
  const git = (args: string[]): Promise<unknown> =>
    runProgram('git', args, { cwd: work.at('app'), env: plainEnvironment() });
  await git(['add', 'link']);
  await git([...identity, 'commit', '-q', '-m', 'link']);
  const settings = testSettings(server);
  const header = `Authorization: Basic ${Buffer.from(`${user.username}:${user.password}`).toString('base64')}`;
  await git(['-c', `http.extraHeader=${header}`, 'push', '-q', 'origin', 'main']);

  await expect(createGit(settings).readFiles(url, 'main', ['link'])).rejects.toThrow('link is a symbolic link');
});

test('a checkout holds the files, no credentials, and is refreshed by a second run', async () => {
  await using server = await gitServer({ user });
  await using work = await temporaryFolder();
  const url = await server.create('app', { main: files });
  const git = createGit(testSettings(server));
  const request = { url, ref: 'main', folder: work.at('app') };

  const first = await git.checkout(request);
  const second = await git.checkout(request);
  await git.land({
    url,
    branch: 'main',
    message: 'm',
    edits: [{ kind: 'write-file', version: 1, path: 'new', expected: null, content: { text: 'n' } }],
  });
  const third = await git.checkout(request);

  expect([first.changed, second.changed, third.changed]).toEqual([true, false, true]);
  expect(await readTree(request.folder)).toEqual({ ...files, new: 'n' });
  expect(await readFile(work.at('app', '.git', 'config'), 'utf8')).not.toContain(user.password);
});

test('a checkout of some folders fetches only those', async () => {
  await using server = await gitServer({ user });
  await using work = await temporaryFolder();
  const url = await server.create('app', { main: { ...files, 'other/big': 'x'.repeat(1000) } });

  await createGit(testSettings(server)).checkout({ url, ref: 'main', folder: work.at('app'), paths: ['app/b'] });

  expect(Object.keys(await readTree(work.at('app'))).sort()).toEqual(['README.md', 'app/a.txt', 'app/b/c.txt']);
});

test('a checkout never loses anybody’s work, and never takes another folder over', async () => {
  await using server = await gitServer({ user });
  await using work = await temporaryFolder();
  const url = await server.create('app', { main: files });
  const git = createGit(testSettings(server));
  await git.checkout({ url, ref: 'main', folder: work.at('app') });
  await writeTree(work.path, { 'app/README.md': 'mine\n', 'other/file': 'x' });

  const dirty = await git.checkout({ url, ref: 'main', folder: work.at('app') }).catch((error) => error);
  const taken = await git.checkout({ url, ref: 'main', folder: work.at('other') }).catch((error) => error);

  expect(dirty).toBeInstanceOf(StepError);
  expect(String(dirty)).toContain('has changes that a checkout would lose: README.md');
  expect(taken).toBeInstanceOf(InputError);
});

test('the versions of a file come newest first, and say whether there are more', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('app', { main: files });
  const git = createGit(testSettings(server));
  for (const [at, text] of ['1', '2', '3'].entries()) {
    const edits = [
      { kind: 'kustomize-set-image', version: 1, folder: '', image: 'a/b', to: { tag: `v${text}` } },
    ] as const;
    if (at === 0)
      await git.land({
        url,
        branch: 'main',
        message: 'start',
        edits: [
          {
            kind: 'write-file',
            version: 1,
            path: 'kustomization.yaml',
            expected: null,
            content: { text: 'images: []\n' },
          },
        ],
      });
    await git.land({ url, branch: 'main', message: `set ${text}`, edits });
  }

  const history = await git.history({ url, branch: 'main', path: 'kustomization.yaml', limit: 2 });
  const all = await git.history({ url, branch: 'main', path: 'kustomization.yaml', limit: 10 });

  expect(history.versions.map(({ subject, text }) => [subject, text])).toEqual([
    ['set 3', 'images: [{name: a/b, newTag: v3}]\n'],
    ['set 2', 'images: [{name: a/b, newTag: v2}]\n'],
  ]);
  expect([history.more, all.more, all.versions.length]).toEqual([true, false, 4]);
});

test('a first tree is pushed once, finished after a run that died, and never pushed over', async () => {
  await using server = await gitServer({ user });
  const url = await server.create('new', {});
  const git = createGit(testSettings(server));
  const source = await server.create('app', { main: files });
  const tree = (await git.readFiles(source, 'main', [''])).files;
  const push = { url, branches: ['main', 'develop'], files: tree, message: 'Start' };

  const first = await git.pushInitial(push);
  await server.git('new', ['update-ref', '-d', 'refs/heads/develop']);
  const repaired = await git.pushInitial(push);
  const again = await git.pushInitial({ ...push, message: 'Other' });

  expect(first).toEqual({ changed: true, created: ['main', 'develop'], commit: first.commit });
  expect(repaired).toEqual({ changed: true, created: ['develop'], commit: first.commit });
  expect(again).toEqual({ changed: false, created: [], commit: first.commit });
  expect(await server.git('new', ['rev-parse', 'main', 'develop'])).toBe(`${first.commit}\n${first.commit}\n`);
});

test('a temporary folder inside somebody’s checkout does not lead to that checkout’s own remote', async () => {
  await using server = await gitServer({ user });
  await using folder = await temporaryFolder();
  const url = await server.create('app', { main: files });
  const plain = (args: string[]) => runProgram('git', args, { cwd: folder.path, env: plainEnvironment() });
  await plain(['init', '--quiet', '.']);
  await plain(['config', 'remote.origin.url', '/somewhere/else']);
  const git = createGit(testSettings(server, { temporaryFolder: folder.path }));
  const main = await commitOf(server, 'main');

  expect(await git.resolveRef(url, 'main')).toEqual({ commit: main, ref: 'refs/heads/main' });
  expect((await git.readFiles(url, 'main', ['app/a.txt'])).commit).toBe(main);
  expect((await git.checkout({ url, ref: 'main', folder: folder.at('work') })).commit).toBe(main);
});
