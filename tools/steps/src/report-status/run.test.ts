import { capturedLog, faultProxy } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function statuses(name: string): Promise<unknown> {
  const { body } = await world.api('GET', `repos/metasync/${name}/commits/main/status`);
  return (body as { statuses: unknown }).statuses;
}

test('a status is set once on the commit behind a branch, and replaced by the next', async () => {
  const repoUrl = await world.repository('told', { main: { a: 'a\n' } });
  const inputs = { repoUrl, revision: 'main', state: 'Running', description: 'Building' };
  const run = { url: 'https://argo.example/run/1' };

  const dry = await world.run('report-status', inputs, { run, dryRun: true });
  const none = await statuses('told');
  const first = await world.run('report-status', inputs, { run });
  const again = await world.run('report-status', inputs, { run });
  const done = await world.run('report-status', { ...inputs, state: 'Succeeded' }, { run });

  expect([dry.changed, none]).toEqual([false, []]);
  expect([first.changed, again.changed, done.changed]).toEqual([true, false, true]);
  expect([first.outputs, done.outputs]).toEqual([{ state: 'pending' }, { state: 'success' }]);
  expect(await statuses('told')).toMatchObject([
    { context: 'luban-ci/pipeline', status: 'success', target_url: run.url, description: 'Building' },
  ]);
});

test('a forge that cannot be told is a failure, or a warning where that was asked for', async () => {
  const repoUrl = await world.repository('untold', { main: { a: 'a\n' } });
  await using front = await faultProxy(world.playground.url);
  front.setFault(({ method }) => (method === 'POST' ? { status: 403 } : undefined));
  const inputs = { repoUrl, revision: 'main', state: 'failure', gitBaseUrl: front.url };
  const log = capturedLog();

  const strict = await failureOf(world.run('report-status', inputs));
  const lenient = await world.run('report-status', { ...inputs, isStrict: false }, { log: log.log });

  expect(strict).toMatchObject({ name: 'StepError' });
  expect(lenient).toMatchObject({ changed: false, outputs: { state: 'failure' } });
  expect(log.lines.map(({ level }) => level)).toContain('warn');
});
