import { gitServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import type { IntentMemory, IntentWay } from '../git-settings.ts';
import { testUser as user } from '../settings.fixture.ts';
import {
  beforeTheFirstPush,
  history,
  leave,
  longAgo,
  now,
  refsOf,
  repository,
  request,
  settingsAt,
} from './folding.fixture.ts';
import { land } from './land.ts';

test('a server that takes branches only gets branches that start no pipeline, and they are folded too', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await server.git('gitops', ['config', 'receive.advertisePushOptions', 'true']);
  await server.refuseRefs('gitops', 'refs/luban/');
  const left = await leave(server, longAgo, [request('theirs')]);
  const subject = await server.git('gitops', ['log', '-1', '--format=%s', left.answer === 'left' ? left.own.ref : '']);

  const result = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(left).toMatchObject({
    answer: 'left',
    own: { ref: expect.stringMatching('^refs/heads/luban-intents/main/') },
  });
  expect(subject).toContain('[skip ci]');
  expect(result).toMatchObject({ folding: { role: 'leader', others: 1 } });
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('what a server takes is kept, and the next run begins with it', async () => {
  await using server = await gitServer({ user });
  await repository(server);
  await server.refuseRefs('gitops', 'refs/luban/');
  const kept: IntentWay[] = [];
  const memory: IntentMemory = { recall: async () => kept.at(-1), keep: async (_, way) => void kept.push(way) };
  const intents = { mayFold: async () => true, memory };

  await leave(server, longAgo, [request('first')], { intents });
  const pushes = server.requests.filter(({ isPush }) => isPush).length;
  await leave(server, longAgo, [request('second')], { intents });

  expect(kept).toEqual(['branches', 'branches']);
  expect(server.requests.filter(({ isPush }) => isPush).length - pushes).toBe(1);
});

test('a server that takes no intents is written to without', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await server.refuseRefs('gitops', 'refs/luban/', 'refs/heads/luban-intents/');
  beforeTheFirstPush(server, () => land(settingsAt(server, now), { ...target, ...request('rival') }));

  const result = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', attempts: 2 });
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('on a server that speaks an older version of the protocol whoever lands brings the others along too', async () => {
  await using server = await gitServer({ user, protocol: 1 });
  const target = await repository(server);
  await leave(server, longAgo, [request('theirs')]);

  const result = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed', folding: { role: 'leader', others: 1 } });
  expect((await history(server)).slice(0, 2)).toEqual(['theirs/Luban CI: Add theirs', 'mine/Luban CI: Add mine']);
  expect(await refsOf(server)).toEqual(['refs/heads/main']);
});

test('a server without atomic pushes is written to one by one', async () => {
  await using server = await gitServer({ user });
  const target = await repository(server);
  await server.git('gitops', ['config', 'receive.advertiseAtomic', 'false']);
  await leave(server, longAgo, [request('theirs')]);

  const result = await land(settingsAt(server, now), { ...target, ...request('mine') });

  expect(result).toMatchObject({ outcome: 'landed' });
  expect((await history(server))[0]).toBe('mine/Luban CI: Add mine');
});
