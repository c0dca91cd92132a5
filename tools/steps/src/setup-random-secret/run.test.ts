import { expect, test, vi } from 'vitest';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

vi.setConfig({ testTimeout: 120_000 });

const inputs = {
  ...{ projectName: 'data', appName: 'dagster-platform', deployEnv: 'snd' },
  ...{ secretName: 'dagster-platform-postgresql', secretKeys: ['postgresql-password'] },
};
const name = 'Secret snd-data/dagster-platform-postgresql';

async function valuesOf(world: SetUpWorld): Promise<Record<string, string>> {
  const data = Object((await world.object('Secret', inputs.secretName, 'snd-data'))?.['data']) as Record<
    string,
    string
  >;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

async function worldWithNamespace(): Promise<SetUpWorld> {
  const world = await setUpWorld();
  await world.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'snd-data' } });
  return world;
}

test('upstream-S10: a password is made where it is used, never told, and stays as it is', async () => {
  await using world = await worldWithNamespace();

  const planned = await world.run('setup-random-secret', inputs, { dryRun: true });
  const nothing = await valuesOf(world);
  const first = await world.run('setup-random-secret', inputs);
  const made = await valuesOf(world);
  const second = await world.run('setup-random-secret', inputs);

  expect(nothing).toEqual({});
  expect([planned, first, second].map(({ changed, outputs }) => [changed, outputs['changedObjects']])).toEqual([
    [false, [`created ${name}`]],
    [true, [`created ${name}`]],
    [false, []],
  ]);
  expect(made).toEqual({ 'postgresql-password': expect.stringMatching(/^[0-9a-f]{48}$/) });
  expect(await valuesOf(world)).toEqual(made);
  expect(JSON.stringify([planned, first])).not.toMatch(/[0-9a-f]{48}/);
  expect(first.diff).toContain('postgresql-password: "***"\n');
});

test('two Secrets have two values, a key that is added gets one of its own, and one that is there stays', async () => {
  await using world = await worldWithNamespace();
  await world.run('setup-random-secret', inputs);
  const before = await valuesOf(world);

  const added = await world.run('setup-random-secret', {
    ...inputs,
    secretKeys: ['postgresql-password', 'replication'],
  });

  const after = await valuesOf(world);
  expect(added.outputs['changedObjects']).toEqual([`updated ${name}`]);
  expect(after).toEqual({ ...before, replication: expect.stringMatching(/^[0-9a-f]{48}$/) });
  expect(after['replication']).not.toBe(before['postgresql-password']);
});

test('what it made goes, and what somebody else made stays', async () => {
  await using world = await worldWithNamespace();
  await world.run('setup-random-secret', inputs);
  const remove = { ...inputs, remove: true };

  const first = await world.run('setup-random-secret', remove);
  const second = await world.run('setup-random-secret', remove);
  const metadata = { name: inputs.secretName, namespace: 'snd-data' };
  await world.kube.create({ apiVersion: 'v1', kind: 'Secret', metadata, data: { 'postgresql-password': 'bWluZQ==' } });
  const kept = await world.run('setup-random-secret', inputs);
  const foreign = await world.run('setup-random-secret', remove);

  expect(first.outputs).toMatchObject({ changedObjects: [`removed ${name}`] });
  expect(second).toMatchObject({ changed: false, outputs: { changedObjects: [], leftObjects: [] } });
  expect(kept.changed).toBe(false);
  expect(foreign.outputs).toMatchObject({ changedObjects: [], leftObjects: [name] });
  expect(await valuesOf(world)).toEqual({ 'postgresql-password': 'mine' });
});

test('a name that Kubernetes does not take, and a cluster that is not this one, are refused', async () => {
  await using world = await setUpWorld();
  const config = { cluster_map: '{"prd":"https://prd.example.com:6443"}' };

  const named = await failureOf(world.run('setup-random-secret', { ...inputs, secretName: 'Not_a_name' }));
  const elsewhere = await failureOf(
    world.run('setup-random-secret', { ...inputs, deployEnv: 'prd', kubeconfig: undefined }, { config }),
  );

  expect([named, elsewhere]).toMatchObject([
    { name: 'InputError', fields: [{ field: 'secretName' }] },
    { name: 'InputError', fields: [{ field: 'kubeconfig' }] },
  ]);
});
