import { faultProxy } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

async function withChange(name: string) {
  const repoUrl = await world.repository(name, { main: { a: 'a\n' }, change: { b: 'b\n' } });
  return { repoUrl, sourceBranch: 'change', targetBranch: 'main', title: 'Add b' };
}

test('one request is opened, brought up to date, and kept with what somebody wrote into it', async () => {
  const inputs = await withChange('opened');
  const page = `${world.playground.url}/metasync/opened/pulls/1`;

  const dry = await world.run('open-pull-request', inputs, { dryRun: true });
  const nothing = await world.api('GET', 'repos/metasync/opened/pulls');
  const opened = await world.run('open-pull-request', { ...inputs, body: 'Because.' });
  const again = await world.run('open-pull-request', inputs);
  const renamed = await world.run('open-pull-request', { ...inputs, title: 'Add b at last' });

  expect(dry).toMatchObject({ changed: false, summary: 'would open a pull request from change to main: Add b' });
  expect(nothing.body).toEqual([]);
  expect(opened).toMatchObject({ changed: true, outputs: { url: page, number: 1, state: 'open' } });
  expect(again).toMatchObject({ changed: false, outputs: opened.outputs });
  expect(renamed).toMatchObject({ changed: true, outputs: opened.outputs });
  expect((await world.api('GET', 'repos/metasync/opened/pulls/1')).body).toMatchObject({
    title: 'Add b at last',
    body: 'Because.',
  });
});

test('labels are added once, beside those that somebody has put there', async () => {
  const inputs = await withChange('labelled');
  await world.run('open-pull-request', { ...inputs, pullRequestLabels: ['by hand'] });

  const first = await world.run('open-pull-request', { ...inputs, pullRequestLabels: ['promotion'] });
  const second = await world.run('open-pull-request', { ...inputs, pullRequestLabels: ['promotion'] });

  const { body } = await world.api('GET', 'repos/metasync/labelled/issues/1/labels');
  expect([first.changed, second.changed]).toEqual([true, false]);
  expect(body).toMatchObject([{ name: 'by hand' }, { name: 'promotion' }]);
});

test('it is merged where nothing stands in the way, and scheduled where a check has to come', async () => {
  const free = await withChange('free');
  const waiting = await withChange('waiting');
  const rule = { rule_name: 'main', enable_push: false, enable_status_check: true, status_check_contexts: ['test'] };
  await world.api('POST', 'repos/metasync/waiting/branch_protections', rule);

  const merged = await world.run('open-pull-request', { ...free, merge: 'when-ready' });
  const scheduled = await world.run('open-pull-request', { ...waiting, merge: 'when-ready' });
  const again = await world.run('open-pull-request', { ...waiting, merge: 'when-ready' });

  expect(merged).toMatchObject({ changed: true, outputs: { state: 'merged' } });
  expect(scheduled).toMatchObject({ changed: true, outputs: { state: 'scheduled' } });
  expect(again).toMatchObject({ changed: false, outputs: { state: 'scheduled' } });
});

test.each([
  [403, 'StepError'],
  [503, 'RetryableError'],
])('an answer %s of the forge is a failure', async (status, kind) => {
  const inputs = await withChange(`failing-${status}`);
  await using front = await faultProxy(world.playground.url);
  front.setFault(({ method }) => (method === 'POST' ? { status } : undefined));

  const error = await failureOf(world.run('open-pull-request', { ...inputs, gitBaseUrl: front.url }));

  expect(error).toMatchObject({ name: kind });
});

test('a branch that is not there is refused', async () => {
  const inputs = await withChange('branchless');

  const error = await failureOf(world.run('open-pull-request', { ...inputs, sourceBranch: 'nowhere' }));

  expect(error).toMatchObject({ name: 'StepError', message: expect.stringContaining('nowhere') });
});
