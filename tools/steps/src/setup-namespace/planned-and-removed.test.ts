import { KubeObject } from '@luban-ci/kube';
import { capturedLog } from '@luban-ci/testing';
import { expect, test, vi } from 'vitest';
import { failureOf } from '../testing/run-step.fixture.ts';
import { setUpWorld } from '../testing/set-up-world.fixture.ts';
import { contents, namespace, production, sandbox, withCredentials } from './sandbox.fixture.ts';

// Each test sets up a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

test('what is missing is told, and nothing else fails for it', async () => {
  await using world = await setUpWorld();
  const { log, text } = capturedLog();

  const result = await world.run('setup-namespace', sandbox, { log });

  expect(result.outputs['missingSecrets']).toEqual(['harbor-ro-creds', 'harbor-creds', 'github-creds']);
  expect(text()).toContain('There is no Secret harbor-creds in luban-ci');
});

test('a dry run shows everything and makes nothing', async () => {
  await using world = await withCredentials();

  const planned = await world.run('setup-namespace', sandbox, { dryRun: true });
  const before = await world.object('Namespace', namespace);
  const done = await world.run('setup-namespace', sandbox);

  expect(before).toBeUndefined();
  expect(planned.changed).toBe(false);
  expect(planned.diff).toContain('+++ b/Namespace/snd-payment.yaml\n');
  // The cluster itself makes the account `default` with the namespace.
  const made = (each: unknown) => String(each).replace('updated ServiceAccount', 'created ServiceAccount');
  expect((done.outputs['changedObjects'] as string[]).map(made)).toEqual(planned.outputs['changedObjects']);
});

test('another cluster wants a kubeconfig, and gets the namespace', async () => {
  await using world = await withCredentials();
  const config = { cluster_map: '{"prd":"https://prd.example.com"}' };

  const refused = await failureOf(world.run('setup-namespace', { ...production, kubeconfig: undefined }, { config }));
  const there = await world.run('setup-namespace', production, { config });

  expect(refused).toMatchObject({ name: 'InputError', fields: [{ field: 'kubeconfig' }] });
  expect(there.changed).toBe(true);
});

test('a namespace goes when nothing is deployed in it; in one that was there before only ours goes', async () => {
  await using world = await withCredentials();
  await world.run('setup-namespace', sandbox);
  await world.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'prd-payment' } });
  await world.run('setup-namespace', production);
  const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '1Gi' } } };
  const metadata = { name: 'data', namespace };
  const volume = await world.kube.create({ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata, spec: claim });
  const remove = { projectName: 'payment', remove: true };

  const used = await failureOf(world.run('setup-namespace', { ...remove, deployEnv: 'snd' }));
  await world.kube.delete(KubeObject.parse(volume));
  const planned = await world.run('setup-namespace', { ...remove, deployEnv: 'snd' }, { dryRun: true });
  const first = await world.run('setup-namespace', { ...remove, deployEnv: 'snd' });
  const second = await world.run('setup-namespace', { ...remove, deployEnv: 'snd' });
  const foreign = await world.run('setup-namespace', { ...remove, deployEnv: 'prd' });

  expect(used).toMatchObject({ message: 'The namespace snd-payment still holds PersistentVolumeClaim data' });
  expect(planned.outputs['changedObjects']).toEqual(['removed Namespace snd-payment']);
  expect([first.changed, second.changed]).toEqual([true, false]);
  expect(await world.object('Namespace', namespace)).toBeUndefined();
  expect(foreign.outputs['leftObjects']).toEqual(['Namespace prd-payment']);
  expect((await contents(world, 'prd-payment'))['ServiceAccount']).toEqual(['default']);
});
