import { describe, expect, test } from 'vitest';
import { ensureObject, type WantedObject } from './ensure/ensure-object.ts';
import { type Mark, madeByLabel, ownerAnnotation } from './ensure/mark.ts';
import { pruneObjects } from './ensure/prune-objects.ts';
import { removeObject } from './ensure/remove-object.ts';
import type { WritableKube } from './kube.ts';
import { KubeObject } from './kube-object.ts';

/** A cluster that the suite may write to, in a namespace that is there and nobody else uses. */
export interface KubeUnderTest extends AsyncDisposable {
  kube: WritableKube;
  namespace: string;
}

const mark: Mark = { step: 'contract', owner: 'payment' };
const writing = { mark, dryRun: false };

/**
 * What every cluster has to do, so that set-up steps may rely on it: the playground's, and a real API server. Called once
 * for each.
 */
export function kubeContract(title: string, start: () => Promise<KubeUnderTest>): void {
  describe(`${title} keeps the contract of a cluster`, () => {
    readingContract(start);
    ensureContract(start);
    shapesContract(start);
    removalContract(start);
    pruningContract(start);
  });
}

function readingContract(start: () => Promise<KubeUnderTest>): void {
  test('what is created is read as it was written, once, and listed by its labels', async () => {
    await using at = await start();
    const object = configMap(at, 'read', { key: 'value' });
    object.metadata.labels = { colour: 'red' };

    const missing = await at.kube.read(nameFor(object));
    const created = await at.kube.create(object);
    const again = await at.kube.create(object);
    const found = await at.kube.read(nameFor(object));
    const red = await at.kube.list({ ...listOf(at), labelSelector: 'colour=red' });
    const blue = await at.kube.list({ ...listOf(at), labelSelector: 'colour=blue' });

    expect([missing, again]).toEqual([undefined, undefined]);
    expect(found).toMatchObject({ ...object, metadata: { name: 'read', labels: { colour: 'red' } } });
    expect(found?.metadata.resourceVersion).toBe(created?.metadata.resourceVersion);
    expect([red.map(({ metadata }) => metadata.name), blue]).toEqual([['read'], []]);
  });

  test('a version that is no longer the newest can neither be changed nor deleted', async () => {
    await using at = await start();
    const old = KubeObject.parse(await at.kube.create(configMap(at, 'old', { key: '1' })));
    const now = KubeObject.parse(await at.kube.replace({ ...old, data: { key: '2' } }));

    const change = await at.kube.replace({ ...old, data: { key: '3' } });
    const deletion = await at.kube.delete(old);
    const kept = await at.kube.read(nameFor(configMap(at, 'old', {})));
    const deleted = await at.kube.delete(now);

    expect([change, deletion, kept?.['data'], deleted]).toEqual([undefined, false, { key: '2' }, true]);
    expect(await at.kube.read(nameFor(configMap(at, 'old', {})))).toBeUndefined();
  });
}

function ensureContract(start: () => Promise<KubeUnderTest>): void {
  test('an object is made with our mark, and a second time nothing changes', async () => {
    await using at = await start();
    const wanted = configMap(at, 'made', { key: 'value' });

    const planned = await ensureObject(at.kube, wanted, { mark, dryRun: true });
    const before = await at.kube.read(nameFor(wanted));
    const first = await ensureObject(at.kube, wanted, writing);
    const second = await ensureObject(at.kube, wanted, writing);
    const live = await at.kube.read(nameFor(wanted));

    expect(before).toBeUndefined();
    expect([planned.outcome, first.outcome, second.outcome]).toEqual(['created', 'created', 'unchanged']);
    expect(planned.diff).toBe(first.diff);
    expect(first.diff).toContain('\n+  key: value\n');
    expect(second.diff).toBe('');
    expect(live?.metadata.labels).toMatchObject({ [madeByLabel]: 'contract' });
    expect(live?.metadata.annotations).toMatchObject({ [ownerAnnotation]: 'payment' });
  });

  test('what differs is written, what others set stays, and what we no longer want goes', async () => {
    await using at = await start();
    await ensureObject(at.kube, configMap(at, 'shared', { ours: '1', dropped: '1' }), writing);
    const live = KubeObject.parse(await at.kube.read(nameFor(configMap(at, 'shared', {}))));
    await at.kube.replace({ ...live, data: { ours: 'by hand', dropped: '1', theirs: '1' } });

    const ensured = await ensureObject(at.kube, configMap(at, 'shared', { ours: '2' }), writing);
    const after = await at.kube.read(nameFor(configMap(at, 'shared', {})));

    expect(ensured.outcome).toBe('updated');
    expect(ensured.diff).toMatch(/-\s+ours: by hand\n-\s+dropped: "1"\n\+\s+ours: "2"\n/);
    expect(after?.['data']).toEqual({ ours: '2', theirs: '1' });
  });

  test('two who ensure different keys of one object at the same time both succeed', async () => {
    await using at = await start();
    await at.kube.create(configMap(at, 'busy', { start: '1' }));
    const values = ['a', 'b', 'c'];

    await Promise.all(values.map((key) => ensureObject(at.kube, configMap(at, 'busy', { [key]: key }), writing)));

    const after = await at.kube.read(nameFor(configMap(at, 'busy', {})));
    expect(Object.keys(Object(after?.['data']))).toContain('start');
    expect(after?.metadata.labels?.[madeByLabel]).toBeUndefined();
  });
}

function shapesContract(start: () => Promise<KubeUnderTest>): void {
  test('every kind that set-up makes comes to rest', async () => {
    await using at = await start();
    const wanted = shapes(at.namespace);

    const first = await outcomes(at, wanted);
    const second = await outcomes(at, wanted);

    expect(first).toEqual(wanted.map(({ kind }) => `${kind} created`));
    expect(second).toEqual(wanted.map(({ kind }) => `${kind} unchanged`));
  });

  test('a field that a kind does not have is refused or is not kept, and either is said', async () => {
    await using at = await start();
    const wanted = { ...configMap(at, 'typo', {}), datta: { key: 'value' } };

    await expect(ensureObject(at.kube, wanted, writing)).rejects.toThrow(/datta/);
  });

  test('a kind that the cluster does not have is said by name', async () => {
    await using at = await start();

    const asked = at.kube.read({
      apiVersion: 'nobody.example/v1',
      kind: 'Nothing',
      name: 'x',
      namespace: at.namespace,
    });

    await expect(asked).rejects.toThrow('does not know the kind Nothing of nobody.example/v1');
    expect(await at.kube.has({ apiVersion: 'v1', kind: 'ConfigMap' })).toBe(true);
    expect(await at.kube.has({ apiVersion: 'nobody.example/v1', kind: 'Nothing' })).toBe(false);
  });
}

function removalContract(start: () => Promise<KubeUnderTest>): void {
  test('what carries our mark is taken away once, and nothing else is', async () => {
    await using at = await start();
    const [ours, theirs] = [configMap(at, 'ours', { key: '1' }), configMap(at, 'theirs', { key: '1' })];
    await ensureObject(at.kube, ours, writing);
    await at.kube.create(theirs);

    const planned = await removeObject(at.kube, nameFor(ours), { mark, dryRun: true });
    const first = await removeObject(at.kube, nameFor(ours), writing);
    const second = await removeObject(at.kube, nameFor(ours), writing);
    const foreign = await removeObject(at.kube, nameFor(theirs), writing);

    expect([planned.outcome, first.outcome, second.outcome]).toEqual(['removed', 'removed', 'absent']);
    expect(planned.diff).toContain('\n-  key: "1"\n');
    expect(foreign.outcome).toBe('foreign');
    expect(await at.kube.read(nameFor(ours))).toBeUndefined();
    expect(await at.kube.read(nameFor(theirs))).toBeDefined();
  });
}

function pruningContract(start: () => Promise<KubeUnderTest>): void {
  test('of what carries our mark, what is no longer wanted is taken away', async () => {
    await using at = await start();
    for (const name of ['kept', 'dropped']) await ensureObject(at.kube, configMap(at, name, { key: '1' }), writing);
    await at.kube.create(configMap(at, 'theirs', { key: '1' }));
    const others = { mark: { ...mark, owner: 'billing' }, dryRun: false };
    await ensureObject(at.kube, configMap(at, 'of-others', { key: '1' }), others);
    const kinds = [{ apiVersion: 'v1', kind: 'ConfigMap' }];
    const options = { mark, namespace: at.namespace, kinds, isWanted: ({ name }: { name: string }) => name === 'kept' };

    const planned = await pruneObjects(at.kube, { ...options, dryRun: true });
    const pruned = await pruneObjects(at.kube, { ...options, dryRun: false });
    const again = await pruneObjects(at.kube, { ...options, dryRun: false });

    const gone = [{ name: `ConfigMap ${at.namespace}/dropped`, outcome: 'removed' }];
    expect([planned, pruned, again]).toMatchObject([gone, gone, []]);
    const left = (await at.kube.list(listOf(at))).map(({ metadata }) => metadata.name);
    expect(left).toEqual(expect.arrayContaining(['kept', 'of-others', 'theirs']));
    expect(left).not.toContain('dropped');
  });
}

async function outcomes(at: KubeUnderTest, wanted: readonly WantedObject[]): Promise<string[]> {
  const told: string[] = [];
  for (const each of wanted) told.push(`${each.kind} ${(await ensureObject(at.kube, each, writing)).outcome}`);
  return told;
}

/** One of each kind, with what servers are known to rewrite: quantities, defaults, words of the client's language. */
function shapes(namespace: string): WantedObject[] {
  const rbac = 'rbac.authorization.k8s.io';
  const role = { apiGroup: rbac, kind: 'Role', name: 'shape' };
  const group = { kind: 'Group', apiGroup: rbac, name: 'payment-admins' };
  const account = { kind: 'ServiceAccount', name: 'shape', namespace };
  const rules = [{ apiGroups: [''], resources: ['pods'], verbs: ['get'] }];
  const peers = [{ podSelector: {} }, { namespaceSelector: { matchLabels: { colour: 'red' } } }];
  const metadata = { name: 'shape', namespace };
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, imagePullSecrets: [{ name: 'pull' }] },
    { apiVersion: 'v1', kind: 'Secret', metadata, type: 'Opaque', data: { password: 'c2VjcmV0' } },
    { apiVersion: 'v1', kind: 'ResourceQuota', metadata, spec: { hard: { 'requests.cpu': '20000m', pods: '100' } } },
    {
      ...{ apiVersion: 'v1', kind: 'LimitRange', metadata },
      spec: { limits: [{ type: 'Container', defaultRequest: { cpu: '0.05', memory: '64Mi' } }] },
    },
    { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules },
    { apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, roleRef: role, subjects: [group, account] },
    {
      ...{ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata },
      spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: peers }] },
    },
  ];
}

function configMap({ namespace }: KubeUnderTest, name: string, data: Record<string, string>): WantedObject {
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data };
}

function nameFor({ apiVersion, kind, metadata: { name, namespace = '' } }: WantedObject) {
  return { apiVersion, kind, name, namespace };
}

function listOf({ namespace }: KubeUnderTest) {
  return { apiVersion: 'v1', kind: 'ConfigMap', namespace };
}
