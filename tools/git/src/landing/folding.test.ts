import { InputError, RetryableError, StepError } from '@luban-ci/core';
import { type GitFault, gitServer } from '@luban-ci/testing';
import { expect, test, vi } from 'vitest';
import { testUser as user } from '../settings.fixture.ts';
import {
  beforeTheFirstPush,
  history,
  leave,
  longAgo,
  newFile,
  now,
  refsOf,
  repository,
  request,
  settingsAt,
} from './folding.fixture.ts';
import { land, landAll } from './land.ts';

test('whoever lands brings those who wait along, each as a commit of its own author, in one push', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await leave(server, longAgo, [request('first')]);
  await leave(server, longAgo, [request('second'), request('third')]);
  const before = server.requests.filter(({ isPush }) => isPush).length;

  const result = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', attempts: 1, folding: { role: 'leader', others: 2 } });
  expect(result.notes).toEqual(['landed in one push with the edits of 2 other writers']);
  expect(server.requests.filter(({ isPush }) => isPush).length - before).toBe(1);
  expect((await history(server)).toSorted()).toEqual([
    'Test/Test: Start main',
    'first/Luban CI: Add first',
    'mine/Luban CI: Add mine',
    'second/Luban CI: Add second',
    'third/Luban CI: Add third',
  ]);
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('an intent has the trailer by which its writer finds it, and only an intent has', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  const left = await leave(server, longAgo, [request('theirs')]);

  await land(settingsAt(server, now), { ...target, ...request('mine') });

  const trailers = await server.git('gitops', [
    'log',
    '--format=%s: %(trailers:key=Luban-Intent,valueonly)',
    '-2',
    'main',
  ]);
  expect(trailers).toBe(`Add theirs: ${left.answer === 'left' ? left.own.id : ''}\n\nAdd mine: \n`);
});

test('a writer who is not first in line is landed by another, and is told its commit', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await leave(server, now, [request('first in line')]);
  const settings = settingsAt(server, '2026-01-02T03:04:06Z');
  const { sleep } = settings.clock;
  settings.clock.sleep = async (time) => {
    await land(settingsAt(server, '2026-01-02T03:05:05Z'), { ...target, ...request('leader') });
    await sleep(time);
  };

  const result = await land(settings, { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', attempts: 0, folding: { role: 'folded' } });
  expect(result).toMatchObject({ diff: expect.stringContaining('+++ b/mine') });
  expect(await server.git('gitops', ['log', '-1', '--format=%an %s', result.commit])).toBe('mine Add mine\n');
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('whoever loses a race stands in line, and leads when nobody is ahead', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  const asked: string[] = [];
  const mayFold = async ({ branch }: { branch: string }): Promise<boolean> => asked.push(branch) > 0;
  beforeTheFirstPush(server, () => land(settingsAt(server, now), { ...target, ...request('rival') }));

  const result = await land(settingsAt(server, now, { intents: { mayFold } }), { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', attempts: 2 });
  expect(asked).toEqual(['main']);
  expect((await history(server)).slice(0, 2)).toEqual(['mine/Luban CI: Add mine', 'rival/Luban CI: Add rival']);
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('whoever was slow to read goes into the line before pushing in vain, and leads when nobody is ahead', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  const settings = settingsAt(server, now);
  server.setFault(({ target: asked, method }) =>
    method === 'POST' && asked.endsWith('/git-upload-pack') ? { before: () => settings.clock.sleep(600) } : undefined,
  );

  const result = await land(settings, { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', attempts: 1 });
  expect(server.requests.filter(({ isPush }) => isPush).length).toBe(2); // the intent, and what takes it away again
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('what waits in vain is taken away: expired, landed already, or asked for by an earlier life of the same request', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await leave(server, longAgo, [request('expired')], { deadlineSeconds: 1 });
  await leave(server, longAgo, [{ edits: [newFile('README.md', 'read me\n')], message: 'there already' }]);
  await leave(server, now, [request('mine')]);

  const landed = await land(settingsAt(server, '2026-01-02T03:04:30Z'), { ...target, ...request('mine') });

  expect(landed).toMatchObject({ outcome: 'landed' });
  expect(landed.folding).toBeUndefined();
  expect(await history(server)).toEqual(['mine/Luban CI: Add mine', 'Test/Test: Start main']);
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('a run that finds its work done takes the intent of its earlier life away', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await land(settingsAt(server, now), { ...target, ...request('mine') });
  await leave(server, now, [request('mine')]);

  const again = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(again).toMatchObject({ outcome: 'already there', changed: false });
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test.each([
  ['when its edits land', []],
  ['when it is left again', ['another']],
])('an intent whose push was answered too early is ours when it arrives %s', async (_, rivals) => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  const pushed = await server.recordPushes('gitops');
  const intents = async (): Promise<string[]> => (await pushed()).flat().filter((ref) => ref.startsWith('refs/luban/'));
  const landRival = (name: string): GitFault[] => [
    { before: () => land(settingsAt(server, now), { ...target, ...request(name) }) },
    ...[undefined, undefined], // the rival's own requests
  ];
  const arrival = Promise.withResolvers<void>();
  const arrive = async (): Promise<void> => {
    arrival.resolve();
    await vi.waitUntil(async () => (await refsOf(server)).length > 1);
  };
  const inTurn: GitFault[] = [
    ...landRival('rival'),
    { early: 504, until: arrival.promise },
    ...rivals.flatMap(landRival),
    { before: arrive },
  ];
  const isAnnounced = (at: string): boolean => at.endsWith('/info/refs?service=git-receive-pack');
  server.setFault(({ target: at, isPush }) => (isPush || isAnnounced(at) ? inTurn.shift() : undefined));

  const landed = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(landed).toMatchObject({ outcome: 'landed', changed: true });
  expect(new Set(await intents()).size).toBe(1);
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('an intent that cannot be applied stays for its own writer, and stops nobody', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await leave(server, longAgo, [{ edits: [newFile('README.md')], message: 'somebody else made it' }]);
  await leave(server, longAgo, [{ edits: [newFile('README.md/below')], message: 'no such folder' }]);

  const result = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed' });
  expect((await history(server)).at(-1)).toBe('Test/Test: Start main');
  expect((await refsOf(server)).filter((ref) => ref.startsWith('refs/luban/intents/main/'))).not.toEqual([]);
});

test('intents of another version, of another branch or without sense are left alone', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  const left = await leave(server, longAgo, [request('theirs')]);
  const [ref, commit] = left.answer === 'left' ? [left.own.ref, left.own.commit] : ['', ''];
  const message = await server.git('gitops', ['log', '-1', '--format=%B', commit]);
  const tree = (await server.git('gitops', ['rev-parse', `${commit}^{tree}`])).trim();
  const write = async (id: string, text: string): Promise<void> => {
    const other = (await server.git('gitops', ['commit-tree', tree, '-m', text])).trim();
    await server.git('gitops', ['update-ref', `refs/luban/intents/main/20260102T030300000Z-${id}`, other]);
  };
  await write('00000001', message.replace('"version":1', '"version":2'));
  await write('00000002', message);
  await write('00000003', 'no intent at all');
  await server.git('gitops', ['update-ref', '-d', ref]);

  const result = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed' });
  expect(await history(server)).toEqual(['mine/Luban CI: Add mine', 'Test/Test: Start main']);
  expect((await refsOf(server)).length).toBe(4);
});

test('with a key only what is signed with it is landed', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  const mayFold = async (): Promise<boolean> => false;
  await leave(server, longAgo, [request('signed')], { intents: { key: 'shared', mayFold } });
  await leave(server, longAgo, [request('forged')], { intents: { key: 'guessed', mayFold } });
  await leave(server, longAgo, [request('unsigned')]);

  const settings = settingsAt(server, now, { intents: { key: 'shared', mayFold } });
  const result = await land(settings, { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', folding: { role: 'leader', others: 1 } });
  expect((await history(server))[0]).toBe('signed/Luban CI: Add signed');
  expect((await refsOf(server)).length).toBe(3);
});

test('where folding is not allowed nobody else is landed and nothing is left', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await leave(server, now, [request('theirs')]);
  const settings = settingsAt(server, now, { intents: { mayFold: async () => false } });

  const result = await land(settings, { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', attempts: 1 });
  expect((await history(server))[0]).toBe('mine/Luban CI: Add mine');
  expect((await refsOf(server)).length).toBe(2);
});

test('whoever gives up is landed by nobody', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await leave(server, now, [request('ahead')], { deadlineSeconds: 60_000 });
  const settings = settingsAt(server, '2026-01-02T03:04:06Z');
  const other = request('mine');
  let polls = 0;
  const { sleep } = settings.clock;
  settings.clock.sleep = async (time) => {
    polls += 1;
    await sleep(polls > 1 ? 60_000 : time);
    if (polls === 1) await server.closeBranch('gitops', 'main', 'closed for now');
  };

  const failure = await land(settings, { ...target, ...other, deadlineSeconds: 1 }).catch((error) => error);

  expect(failure).toBeInstanceOf(RetryableError);
  expect((await refsOf(server)).filter((ref) => ref.includes('intents')).length).toBe(1);
  expect(await history(server)).toEqual(['Test/Test: Start main']);
});

test('several commits land in one push, and none of them when one cannot', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  const settings = settingsAt(server, now);

  const results = await landAll(settings, target, [
    request('one'),
    { edits: [newFile('README.md', 'read me\n')], message: 'nothing' },
    request('two'),
  ]);
  const failure = await landAll(settings, target, [
    request('three'),
    { edits: [newFile('one', 'other')], message: 'no' },
  ]).catch((error) => error);

  expect(results.map(({ outcome }) => outcome)).toEqual(['landed', 'already there', 'landed']);
  expect(await history(server)).toEqual(['two/Luban CI: Add two', 'one/Luban CI: Add one', 'Test/Test: Start main']);
  expect(failure).toBeInstanceOf(StepError);
  await expect(landAll(settings, target, [])).rejects.toThrow(InputError);
});
