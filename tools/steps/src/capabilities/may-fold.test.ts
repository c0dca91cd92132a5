import { type StepContext, silentLog } from '@luban-ci/core';
import { fixedClock } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld, token } from '../testing/delivery-world.fixture.ts';
import { isOpenBranch } from './may-fold.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const given = { gitProvider: 'gitea', gitToken: token } as const;

function context(): StepContext {
  const signal = new AbortController().signal;
  const usual = { workspace: '/', temporaryFolder: '/tmp', log: silentLog, dryRun: false, run: {} };
  return { ...usual, signal, clock: fixedClock() };
}

test('writers land each other’s edits where the forge lets everybody push who may leave one', async () => {
  const url = await world.repository('folding', { main: { a: 'a' }, develop: { a: 'a' } });
  await world.api('POST', 'repos/metasync/folding/branch_protections', { rule_name: 'main', enable_push: false });

  const branches = ['main', 'develop'].map((branch) => isOpenBranch({ url, branch }, given, context()));

  expect(await Promise.all(branches)).toEqual([false, true]);
});

test('a server that is no forge we know of has no protected branches, and a forge that says nothing may have', async () => {
  const url = await world.repository('unknown', { main: { a: 'a' } });
  const stranger = { gitProvider: 'gitea', gitToken: 'token-of-nobody' } as const;

  const open = await isOpenBranch({ url, branch: 'main' }, {}, context());
  const refused = await isOpenBranch({ url, branch: 'main' }, stranger, context());

  expect([open, refused]).toEqual([true, false]);
});
