import { writeFile } from 'node:fs/promises';
import type { WritableKube } from '@luban-ci/kube';
import { createKube } from '@luban-ci/kube/client';
import { kubeContract } from '@luban-ci/kube/contract';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { startPlayground } from '../start-playground.ts';
import { kubeconfigFor } from './kubeconfig.ts';

const users = [
  { name: 'admin', token: 'token-of-admin', admin: true },
  { name: 'guest', token: 'token-of-guest' },
];

interface Given extends AsyncDisposable {
  kube: WritableKube;
  /** Another start with the same folder. */
  restart(): Promise<Given>;
}

async function givenCluster(token = 'token-of-admin'): Promise<Given> {
  const folder = await temporaryFolder();
  const start = async (): Promise<Given> => {
    const playground = await startPlayground({ folder: folder.at('data'), users });
    const kubeconfig = folder.at('kubeconfig');
    await writeFile(kubeconfig, kubeconfigFor(playground.url, token));
    const stop = () => playground[Symbol.asyncDispose]();
    return {
      kube: createKube({ kubeconfig }),
      restart: async () => {
        await stop();
        return start();
      },
      [Symbol.asyncDispose]: async () => {
        await stop();
        await folder[Symbol.asyncDispose]();
      },
    };
  };
  return start();
}

kubeContract("the playground's cluster", async () => {
  const given = await givenCluster();
  await given.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'contract' } });
  return { kube: given.kube, namespace: 'contract', [Symbol.asyncDispose]: () => given[Symbol.asyncDispose]() };
});

const argoCd = (kind: string, spec: unknown) => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind,
  metadata: { name: 'snd-payment', namespace: 'argocd' },
  spec,
});

describe("the playground's cluster", () => {
  test('is for its administrator', async () => {
    await using guest = await givenCluster('token-of-guest');
    await using nobody = await givenCluster('nothing');
    const name = { apiVersion: 'v1', kind: 'Namespace', name: 'luban-ci' };

    await expect(guest.kube.read(name)).rejects.toThrow(/403/);
    await expect(nobody.kube.read(name)).rejects.toThrow(/401/);
  });

  test('starts with the namespaces that set-up relies on, and keeps what was made', async () => {
    await using first = await givenCluster();
    const names = await Promise.all(
      ['argocd', 'default', 'luban-ci'].map((name) => first.kube.read({ apiVersion: 'v1', kind: 'Namespace', name })),
    );
    const made = await first.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'snd-payment' } });
    await using second = await first.restart();

    const found = await second.kube.read({ apiVersion: 'v1', kind: 'Namespace', name: 'snd-payment' });
    const next = await second.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'prd-payment' } });

    expect(names.map((each) => each?.metadata.labels)).toEqual([
      { 'kubernetes.io/metadata.name': 'argocd' },
      { 'kubernetes.io/metadata.name': 'default' },
      { 'kubernetes.io/metadata.name': 'luban-ci' },
    ]);
    expect(found).toEqual(made);
    expect(Number(next?.metadata.resourceVersion)).toBeGreaterThan(Number(made?.metadata.resourceVersion));
  });

  test("takes Argo CD's objects as its definitions have them, and names what they do not have", async () => {
    await using given = await givenCluster();
    const { kube } = given;
    const destinations = [{ server: 'https://kubernetes.default.svc', namespace: 'snd-payment' }];

    const good = await kube.create(argoCd('AppProject', { sourceRepos: ['*'], destinations }));
    const typo = kube.create(argoCd('AppProject', { sourceRepositories: ['*'] }));
    const wrong = kube.create(argoCd('Application', { project: 'p', destination: {}, source: { repoURL: 5 } }));
    const missing = kube.create(argoCd('Application', { destination: {} }));

    expect(good?.metadata.uid).toMatch(/^[0-9a-f-]{36}$/);
    await expect(typo).rejects.toThrow('unknown field "spec.sourceRepositories"');
    await expect(wrong).rejects.toThrow('spec.source.repoURL: must be string');
    await expect(missing).rejects.toThrow("spec: must have required property 'project'");
  });

  test('takes workflow templates that Argo would read', async () => {
    await using given = await givenCluster();
    const { kube } = given;
    const template = (spec: unknown) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'WorkflowTemplate',
      metadata: { name: 'hello', namespace: 'luban-ci' },
      spec,
    });

    const typo = kube.create(template({ entrypoint: 'a', templatez: [] }));

    await expect(typo).rejects.toThrow(/unknown field "templatez"; did you mean "templates"/);
    expect(await kube.create(template({ entrypoint: 'a', templates: [{ name: 'a', suspend: {} }] }))).toBeDefined();
  });

  test('removes a namespace with everything in it, and waits for finalizers that are not Argo CD’s', async () => {
    await using given = await givenCluster();
    const { kube } = given;
    const namespace = await kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'gone' } });
    const place = { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', namespace: 'gone' };
    await kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'gone' } });
    const held = await kube.create({
      ...{ apiVersion: 'v1', kind: 'ConfigMap' },
      metadata: { name: 'held', namespace: 'luban-ci', finalizers: ['example.com/hold'] },
    });
    if (namespace === undefined || held === undefined) throw new Error('nothing was made');

    await kube.delete(namespace);
    await kube.delete(held);

    expect(await kube.read(place)).toBeUndefined();
    const still = await kube.read({ ...place, name: 'held', namespace: 'luban-ci' });
    expect(still?.metadata.deletionTimestamp).toMatch(/^\d{4}-/);
  });

  test('refuses what cannot be changed, and what lies in a namespace that is not there', async () => {
    await using given = await givenCluster();
    const { kube } = given;
    const binding = (name: string) => ({
      apiVersion: 'rbac.authorization.k8s.io/v1',
      kind: 'RoleBinding',
      metadata: { name: 'b', namespace: 'luban-ci' },
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    });
    const made = await kube.create(binding('view'));
    if (made === undefined) throw new Error('nothing was made');

    await expect(kube.replace({ ...made, ...binding('admin'), metadata: made.metadata })).rejects.toThrow(/immutable/);
    await expect(
      kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'a', namespace: 'nowhere' } }),
    ).rejects.toThrow('namespaces "nowhere" not found');
  });

  test('gives an account that asks for one a token, as the controller would', async () => {
    await using given = await givenCluster();
    const { kube } = given;
    const metadata = {
      ...{ name: 'me.service-account-token', namespace: 'luban-ci' },
      annotations: { 'kubernetes.io/service-account.name': 'me' },
    };

    const secret = await kube.create({
      ...{ apiVersion: 'v1', kind: 'Secret', metadata },
      type: 'kubernetes.io/service-account-token',
    });

    expect(Object.keys(Object(secret?.['data']))).toEqual(['namespace', 'token']);
  });
});
