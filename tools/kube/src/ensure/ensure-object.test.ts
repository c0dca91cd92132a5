import { RetryableError, StepError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { KubeObject } from '../kube-object.ts';
import { memoryKube } from '../testing/memory-kube.fixture.ts';
import { ensureObject, type WantedObject } from './ensure-object.ts';
import { removeObject } from './remove-object.ts';

const mark = { step: 'setup-namespace', owner: 'payment' };
const writing = { mark, dryRun: false };
const name = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'snd-payment' };

const wanted = (data: Record<string, string>, more: Record<string, unknown> = {}): WantedObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name: 'a', namespace: 'snd-payment' },
  data,
  ...more,
});

test('an object that was there before is brought up to date, and does not become ours (upstream-N2)', async () => {
  const kube = memoryKube();
  await kube.create(wanted({ key: 'old', theirs: '1' }));

  const ensured = await ensureObject(kube, wanted({ key: 'new' }), writing);
  const removed = await removeObject(kube, name, writing);

  expect(ensured.outcome).toBe('updated');
  expect((await kube.read(name))?.['data']).toEqual({ key: 'new', theirs: '1' });
  expect(removed.outcome).toBe('foreign');
});

test('a write that somebody else was faster with is made again on what there is then', async () => {
  const kube = memoryKube();
  await ensureObject(kube, wanted({ ours: '1' }), writing);
  let others = 0;
  kube.beforeWrite = async (call) => {
    if (others > 0 || !call.startsWith('replace')) return;
    others += 1;
    await kube.replace(KubeObject.parse({ ...(await kube.read(name)), data: { ours: '1', theirs: '1' } }));
  };

  const ensured = await ensureObject(kube, wanted({ ours: '2' }), writing);

  expect(ensured.outcome).toBe('updated');
  expect((await kube.read(name))?.['data']).toEqual({ ours: '2', theirs: '1' });
});

test('an object that is fought over can be tried again later', async () => {
  const kube = memoryKube();
  await ensureObject(kube, wanted({ ours: '1' }), writing);
  let isOther = false;
  kube.beforeWrite = async () => {
    if (isOther) return;
    isOther = true;
    await kube.replace(KubeObject.parse({ ...(await kube.read(name)), data: { theirs: String(kube.calls.length) } }));
    isOther = false;
  };

  await expect(ensureObject(kube, wanted({ ours: '2' }), writing)).rejects.toBeInstanceOf(RetryableError);
});

test('what the cluster does not keep is said by its fields', async () => {
  const kube = memoryKube();
  kube.onStore = (object) => ({ ...object, data: { key: 'rewritten' } });

  const failing = ensureObject(kube, wanted({ key: 'value' }), writing);

  await expect(failing).rejects.toThrow('ConfigMap snd-payment/a was written, but the cluster does not keep data.key');
  await expect(failing).rejects.toBeInstanceOf(StepError);
});

test('what another project made is neither changed nor removed', async () => {
  const kube = memoryKube();
  await ensureObject(kube, wanted({ key: '1' }), { ...writing, mark: { ...mark, owner: 'billing' } });

  await expect(ensureObject(kube, wanted({ key: '2' }), writing)).rejects.toThrow(
    'ConfigMap snd-payment/a was made by setup-namespace for billing, not by setup-namespace for payment',
  );
  expect((await removeObject(kube, name, writing)).outcome).toBe('foreign');
  expect((await kube.read(name))?.['data']).toEqual({ key: '1' });
});

test('a value that people may change is set once', async () => {
  const kube = memoryKube();
  const initial = { ...writing, initial: ['data'] };
  await ensureObject(kube, wanted({ 'kpack-builds': '10' }), initial);
  await kube.replace(KubeObject.parse({ ...(await kube.read(name)), data: { 'kpack-builds': '3' } }));

  const second = await ensureObject(kube, wanted({ 'kpack-builds': '10', more: '1' }), initial);

  expect(second.outcome).toBe('updated');
  expect((await kube.read(name))?.['data']).toEqual({ 'kpack-builds': '3', more: '1' });
});

test('a dry run tells the same difference and writes nothing; a Secret is never told', async () => {
  const kube = memoryKube();
  const secret = (password: string): WantedObject => ({ ...wanted({ password, user: 'bWU=' }), kind: 'Secret' });
  await ensureObject(kube, secret('b2xk'), writing);
  const before = [...kube.calls];

  const planned = await ensureObject(kube, secret('bmV3'), { ...writing, dryRun: true });

  expect(kube.calls).toEqual(before);
  expect(planned).toEqual({
    name: 'Secret snd-payment/a',
    outcome: 'updated',
    diff: [
      'diff --git a/snd-payment/Secret/a.yaml b/snd-payment/Secret/a.yaml',
      '--- a/snd-payment/Secret/a.yaml',
      '+++ b/snd-payment/Secret/a.yaml',
      '@@ -1,3 +1,3 @@',
      ' data:',
      '-  password: "***"',
      '+  password: "*** (another value)"',
      '   user: "***"',
      '',
    ].join('\n'),
  });
});

test('what is being removed is waited for by the next try', async () => {
  const kube = memoryKube();
  kube.onStore = (object) => ({
    ...object,
    metadata: { ...object.metadata, deletionTimestamp: '2026-01-02T03:04:05Z' },
  });
  await kube.create(wanted({ key: '1' }));

  await expect(ensureObject(kube, wanted({ key: '2' }), writing)).rejects.toThrow(/is being removed/);
  expect((await removeObject(kube, name, writing)).outcome).toBe('absent');
});

test('in which order fields are wanted is no difference', async () => {
  const kube = memoryKube();
  await ensureObject(kube, wanted({ one: '1', two: '2' }, { immutable: false }), writing);

  const { outcome } = await ensureObject(kube, { immutable: false, ...wanted({ two: '2', one: '1' }) }, writing);

  expect(outcome).toBe('unchanged');
});
