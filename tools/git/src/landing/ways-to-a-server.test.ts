import { plainEnvironment } from '@luban-ci/process';
import { type GitServer, gitServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { throughProxy, testUser as user } from '../settings.fixture.ts';
import { history, leave, longAgo, now, refsOf, request, settingsAt, writeFile } from './folding.fixture.ts';
import { type LandRequest, landAll } from './land.ts';

/** What landing is like where we ask the server ourselves, and no program can be started; and where git asks it. */
const ways: Record<string, (server: GitServer) => Record<string, string>> = {
  'without any program': () => ({ PATH: '' }),
  'by git, through a proxy': (server) => ({ ...plainEnvironment(), ...throughProxy(server) }),
};

/** Names in the order of git, which is not that of letters; names that are not UTF-8; a file that becomes a folder. */
const files = {
  a: 'file\n',
  'a-b/c': 'file\n',
  'b/only': 'file\n',
  'deep/er/and/deeper/file': 'old\n',
  '"n\\344me"': 'a byte that is no letter in UTF-8\n',
  '"n\\366me"': 'another one\n',
};

describe.each(Object.entries(ways))('%s', (_, environmentFor) => {
  async function landing(
    server: GitServer,
    ...commits: Pick<LandRequest, 'edits' | 'message'>[]
  ): ReturnType<typeof landAll> {
    const settings = settingsAt(server, now, { environment: environmentFor(server) });
    return await landAll(settings, { url: server.url('gitops'), branch: 'main' }, commits);
  }

  test('files in folders old and new are written, changed and taken away, each in a sound tree', async () => {
    await using server = await gitServer({ user });
    await server.create('gitops', { main: files });
    const id = async (path: string): Promise<string> =>
      (await server.git('gitops', ['rev-parse', `main:${path}`])).trim();
    const remove = async (path: string): Promise<LandRequest['edits'][number]> => {
      return { kind: 'write-file', version: 1, path, expected: await id(path), content: null };
    };
    const edits = [
      await remove('a'),
      writeFile('a/b', null, 'a folder now\n'),
      await remove('b/only'),
      writeFile('b', null, 'a file now\n'),
      writeFile('deep/er/and/deeper/file', await id('deep/er/and/deeper/file'), 'new\n'),
      writeFile('deep/new/file', null, 'new\n'),
    ];

    const [result] = await landing(server, { edits, message: 'Move' });

    expect(result).toMatchObject({ outcome: 'landed', attempts: 1 });
    expect(await server.git('gitops', ['ls-tree', '-r', '--name-only', 'main'])).toBe(
      'a-b/c\na/b\nb\ndeep/er/and/deeper/file\ndeep/new/file\n"n\\344me"\n"n\\366me"\n',
    );
    expect(await server.git('gitops', ['show', 'main:deep/er/and/deeper/file'])).toBe('new\n');
    expect(await server.git('gitops', ['fsck', '--strict', '--no-dangling'])).toBe('');
  });

  test('those who wait are landed along, in one atomic push that takes their intents away', async () => {
    await using server = await gitServer({ user });
    await server.create('gitops', { main: files });
    await leave(server, longAgo, [request('first'), request('second')], { environment: environmentFor(server) });

    const results = await landing(server, request('mine'), request('mine too'));

    expect(results).toMatchObject([
      { outcome: 'landed', folding: { role: 'leader', others: 1 } },
      { outcome: 'landed', folding: { role: 'leader', others: 1 } },
    ]);
    expect((await history(server)).length).toBe(5);
    expect(await refsOf(server)).toEqual(['refs/heads/main']);
    expect(await server.git('gitops', ['fsck', '--strict', '--no-dangling'])).toBe('');
  });

  test('a branch that is left over starts again where it is cut from, in the push of the change', async () => {
    await using server = await gitServer({ user });
    await server.create('gitops', { main: files, proposal: { ...files, a: 'rejected\n' } });
    const tipOf = async (ref: string): Promise<string> => (await server.git('gitops', ['rev-parse', ref])).trim();
    const settings = settingsAt(server, now, { environment: environmentFor(server) });
    const target = {
      url: server.url('gitops'),
      branch: 'proposal',
      createFrom: 'main',
      leftOver: await tipOf('proposal'),
    };

    const [first] = await landAll(settings, target, [request('mine')]);
    const [second] = await landAll(settings, target, [request('mine too')]);

    expect(await tipOf('proposal')).toBe(second?.commit);
    expect(await tipOf('proposal~1')).toBe(first?.commit);
    expect(await tipOf('proposal~2')).toBe(await tipOf('main'));
    expect(await server.git('gitops', ['fsck', '--strict', '--no-dangling'])).toBe('');
  });

  test('a closed branch is closed, with what its hook said', async () => {
    await using server = await gitServer({ user });
    await server.create('gitops', { main: files });
    await server.closeBranch('gitops', 'main', 'ask for a review');

    const refused = landing(server, request('mine'));

    await expect(refused).rejects.toThrow('does not accept pushes to main: ask for a review');
  });
});
