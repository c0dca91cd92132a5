import { expect, test, vi } from 'vitest';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const payment = { projectName: 'payment' };
const everything = [
  'created HarborProject payment',
  'created HarborRobot payment/luban-push',
  'created Secret luban-ci/payment-harbor-creds',
  'created HarborRobot payment/luban-pull',
  'created Secret luban-ci/payment-harbor-ro-creds',
];

/** The status with which a repository of the registry answers somebody who wants to write to it. */
async function pushAs(world: SetUpWorld, secret: string, repository: string): Promise<number> {
  const found = await world.object('Secret', secret, 'luban-ci');
  const text = Buffer.from(String(Object(found?.['data'])['.dockerconfigjson']), 'base64').toString('utf8');
  const { auth } = JSON.parse(text).auths[world.playground.registry];
  const headers = { authorization: `Basic ${auth}`, 'content-type': 'application/vnd.oci.image.index.v1+json' };
  const body = JSON.stringify({ schemaVersion: 2, manifests: [] });
  const answer = await fetch(`${world.playground.url}/v2/${repository}/manifests/1`, { method: 'PUT', headers, body });
  return answer.status;
}

test('a project gets its robots and their Secrets, and a second run changes nothing', async () => {
  await using world = await setUpWorld();

  const first = await world.run('setup-harbor-project', payment);
  const second = await world.run('setup-harbor-project', payment);

  expect(first).toMatchObject({ changed: true, outputs: { changedObjects: everything, leftObjects: [] } });
  expect(second).toMatchObject({ changed: false, diff: '', outputs: { changedObjects: [] } });
  expect(second.summary).toBe(`The registry project ${world.playground.registry}/payment is as it should be`);
  expect(await world.harbor.findProject('payment')).toMatchObject({ isPublic: false });
  expect(await pushAs(world, 'payment-harbor-creds', 'payment/cart')).toBe(201);
  expect(await pushAs(world, 'payment-harbor-creds', 'billing/cart')).toBe(401);
  expect(await pushAs(world, 'payment-harbor-ro-creds', 'payment/cart')).toBe(401);
});

test('a dry run says what it would do, without a secret, and does nothing', async () => {
  await using world = await setUpWorld();

  const planned = await world.run('setup-harbor-project', payment, { dryRun: true });

  expect(planned).toMatchObject({ changed: false, outputs: { changedObjects: everything } });
  expect(planned.diff).toContain('+++ b/HarborProject/payment.yaml\n@@ -0,0 +1,1 @@\n+isPublic: false\n');
  expect(planned.diff).toContain('+  .dockerconfigjson: "***"\n');
  expect(await world.harbor.findProject('payment')).toBeUndefined();
  expect(await world.harbor.findLabel('luban-ci/payment')).toBeUndefined();
});

test('upstream-N5: who may see a project that is there becomes what is asked for', async () => {
  await using world = await setUpWorld();
  await world.harbor.createProject('payment', { isPublic: false });

  const opened = await world.run('setup-harbor-project', { ...payment, registryVisibility: 'public', robots: false });

  expect(opened.outputs['changedObjects']).toEqual(['updated HarborProject payment']);
  expect(opened.diff).toContain('-isPublic: false\n+isPublic: true\n');
  expect(await world.harbor.findProject('payment')).toMatchObject({ isPublic: true });
});

test('a robot whose Secret is gone, or was never written, gets a new secret', async () => {
  await using world = await setUpWorld();
  const { value: project } = await world.harbor.createProject('payment', { isPublic: false });
  await world.harbor.createRobot(project, { name: 'luban-push', description: '', actions: ['push'] });

  const completed = await world.run('setup-harbor-project', payment);

  expect(completed.outputs['changedObjects']).toEqual([
    'updated HarborRobot payment/luban-push',
    ...everything.slice(2),
  ]);
  expect(await pushAs(world, 'payment-harbor-creds', 'payment/cart')).toBe(201);
});

test('robots get new secrets when that is asked for, and the old ones are void', async () => {
  await using world = await setUpWorld();
  await world.run('setup-harbor-project', payment);
  const before = await world.object('Secret', 'payment-harbor-creds', 'luban-ci');

  const rotated = await world.run('setup-harbor-project', { ...payment, rotateRobots: true });

  const after = await world.object('Secret', 'payment-harbor-creds', 'luban-ci');
  expect(rotated.outputs['changedObjects']).toEqual([
    'updated Secret luban-ci/payment-harbor-creds',
    'updated Secret luban-ci/payment-harbor-ro-creds',
  ]);
  expect(after?.['data']).not.toEqual(before?.['data']);
  expect(await pushAs(world, 'payment-harbor-creds', 'payment/cart')).toBe(201);
});

test('a rotation that was killed before the Secret was written is made good by the next run', async () => {
  await using world = await setUpWorld();
  await world.run('setup-harbor-project', payment);
  const secret = await world.object('Secret', 'payment-harbor-creds', 'luban-ci');
  const project = await world.harbor.findProject('payment');
  if (secret === undefined || project === undefined) throw new Error('nothing was set up');
  const annotations = { ...secret.metadata.annotations, 'luban-ci.io/robot-id': 'pending' };
  await world.kube.replace({ ...secret, metadata: { ...secret.metadata, annotations } });
  for (const robot of await world.harbor.listRobots(project)) await world.harbor.refreshRobot(robot);

  const completed = await world.run('setup-harbor-project', payment);

  expect(completed.outputs['changedObjects']).toEqual(['updated Secret luban-ci/payment-harbor-creds']);
  expect(await pushAs(world, 'payment-harbor-creds', 'payment/cart')).toBe(201);
});

test('what it made goes, and what was there before or holds images stays', async () => {
  await using world = await setUpWorld();
  await world.run('setup-harbor-project', payment);
  await pushAs(world, 'payment-harbor-creds', 'payment/cart');
  await world.run('setup-harbor-project', { projectName: 'empty' });
  await world.harbor.createProject('older', { isPublic: false });
  const remove = { remove: true };

  const full = await world.run('setup-harbor-project', { ...payment, ...remove });
  const older = await world.run('setup-harbor-project', { projectName: 'older', ...remove });
  const planned = await world.run('setup-harbor-project', { projectName: 'empty', ...remove }, { dryRun: true });
  const empty = await world.run('setup-harbor-project', { projectName: 'empty', ...remove });
  const again = await world.run('setup-harbor-project', { projectName: 'empty', ...remove });

  const left = 'HarborProject payment (the project contains repositories, can not be deleted)';
  expect(full.outputs).toMatchObject({ leftObjects: [left] });
  expect(older.outputs).toMatchObject({ changedObjects: [], leftObjects: ['HarborProject older'] });
  expect(planned.outputs['changedObjects']).toEqual(empty.outputs['changedObjects']);
  expect(empty.outputs['changedObjects']).toContain('removed HarborProject empty');
  expect(again).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
  expect(await world.harbor.findProject('empty')).toBeUndefined();
  expect(await world.object('Secret', 'payment-harbor-creds', 'luban-ci')).toBeUndefined();
});

test('a Harbor that refuses is told, and one that nobody may log in to is not asked', async () => {
  await using world = await setUpWorld();

  const refused = await failureOf(world.run('setup-harbor-project', { ...payment, harborPassword: 'wrong-password' }));
  const unknown = await failureOf(world.run('setup-harbor-project', { ...payment, harborUsername: undefined }));

  expect(refused).toMatchObject({ name: 'StepError', message: expect.stringContaining('Harbor answered 401') });
  expect(unknown).toMatchObject({ name: 'InputError', fields: [{ field: 'harborUsername' }] });
});
