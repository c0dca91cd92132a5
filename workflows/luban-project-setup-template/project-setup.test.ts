import { writeFile } from 'node:fs/promises';
import { systemClock } from '@luban-ci/core';
import { type LocalProject, localProject } from '@luban-ci/gitops-utils/testing';
import { createHarbor } from '@luban-ci/harbor';
import type { KubeObject, WritableKube } from '@luban-ci/kube';
import { createKube } from '@luban-ci/kube/client';
import { kubeconfigFor, startPlayground } from '@luban-ci/playground';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { killedAtWrite } from '../killed-run.ts';
import { endOf, outputsOf, podsOf } from '../nodes-of.ts';

/** Milliseconds for a dozen pods on a busy machine. */
const patience = 600_000;
const template = 'luban-project-setup-template';
const parameters = {
  project_name: 'payment',
  git_organization: 'metasync',
  developer_groups: '["payment-developers"]',
  admin_groups: '["payment-leads"]',
  create_test_users: 'yes',
};

const kinds = [
  ['argoproj.io/v1alpha1', 'AppProject'],
  ['argoproj.io/v1alpha1', 'WorkflowTemplate'],
  ['networking.k8s.io/v1', 'NetworkPolicy'],
  ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
  ['v1', 'ConfigMap'],
  ['v1', 'LimitRange'],
  ['v1', 'ResourceQuota'],
  ['v1', 'Secret'],
  ['v1', 'ServiceAccount'],
] as const;
const namespaces = ['argocd', 'luban-ci', 'prd-payment', 'snd-payment'];

/** Everything that set-up makes, without what differs between two clusters: ids, versions, times, issued secrets. */
async function stateOf(project: LocalProject): Promise<Record<string, unknown>> {
  const kube = createKube({ kubeconfig: project.kubeconfig });
  const found = await Promise.all(
    namespaces.flatMap((namespace) => [
      kube.read({ apiVersion: 'v1', kind: 'Namespace', name: namespace }).then((each) => each ?? []),
      ...kinds.map(([apiVersion, kind]) => listed(kube, { apiVersion, kind, namespace })),
    ]),
  );
  const { url, user, token } = project.place;
  const { signal } = new AbortController();
  const harbor = createHarbor({ url, username: user, password: token, fetch, clock: systemClock, signal });
  const registry = await harbor.findProject('payment');
  const robots = registry === undefined ? [] : await harbor.listRobots(registry);
  return {
    objects: found.flat().map((each) => withoutChance(each, url)),
    robots: robots.map(({ id: _, ...robot }) => robot),
    isPublic: registry?.isPublic,
  };
}

function listed(
  kube: WritableKube,
  kind: { apiVersion: string; kind: string; namespace: string },
): Promise<KubeObject[]> {
  return kube.list(kind).catch(() => []);
}

function withoutChance(object: KubeObject, url: string): unknown {
  const { uid: _, resourceVersion: __, creationTimestamp: ___, annotations, ...metadata } = object.metadata;
  const { 'luban-ci.io/robot-id': ____, ...kept } = annotations ?? {};
  const data = object.kind === 'Secret' ? Object.keys(Object(object['data'])) : object['data'];
  const text = JSON.stringify({ ...object, metadata: { ...metadata, annotations: kept }, data });
  const here = text.replaceAll(url, 'http://here').replaceAll(new URL(url).host, 'here');
  return JSON.parse(here.replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://elsewhere'));
}

describe('project setup', { timeout: patience }, () => {
  test('sets up everything, and a second time changes nothing', async () => {
    await using project = await localProject({ namespaces: [] });

    const first = await project.run(template, parameters, 'luban-ci');
    const made = await stateOf(project);
    const second = await project.run(template, parameters, 'luban-ci');

    const pods = [
      'git-project(0) Succeeded',
      'harbor-project(0) Succeeded',
      'argocd-project(0:snd)(0) Succeeded',
      'argocd-project(1:prd)(0) Succeeded',
      'namespace(0:snd)(0) Succeeded',
      'namespace(1:prd)(0) Succeeded',
    ];
    expect([endOf(first), endOf(second)]).toEqual([
      ['Succeeded', undefined],
      ['Succeeded', undefined],
    ]);
    expect(podsOf(first).toSorted()).toEqual(pods.toSorted());
    expect(outputsOf(first, 'harbor-project(0)')).toMatchObject({ changed: 'true' });
    expect(pods.map((pod) => outputsOf(second, pod.replace(' Succeeded', ''))['changed'])).toEqual(
      pods.map(() => 'false'),
    );
    expect(await stateOf(project)).toEqual(made);
  });

  test('comes to the same end when it is killed and repeated', async () => {
    await using clean = await localProject({ namespaces: [] });
    await using project = await localProject({ namespaces: [] });
    await clean.run(template, parameters, 'luban-ci');
    const wanted = await stateOf(clean);

    // In Harbor between a robot and its Secret, among the Argo CD projects, and in the middle of the namespaces.
    for (const write of [3, 8, 20]) {
      expect(await killedAtWrite(project, { template, parameters }, write)).toBe(true);
    }
    const last = await project.run(template, parameters, 'luban-ci');

    expect(endOf(last)).toEqual(['Succeeded', undefined]);
    expect(await stateOf(project)).toEqual(wanted);
  });

  test('makes the namespace of an environment in its own cluster, by the kubeconfig of a Secret', async () => {
    await using folder = await temporaryFolder();
    const users = [{ name: 'there', token: 'token-of-there', admin: true }];
    await using elsewhere = await startPlayground({ folder: folder.at('elsewhere'), users });
    const kubeconfig = kubeconfigFor(elsewhere.url, 'token-of-there');
    await using project = await localProject({
      namespaces: [],
      config: { cluster_map: '{"prd":"https://prd.example.com"}' },
      secrets: [{ name: 'luban-cluster-prd', data: { kubeconfig } }],
    });

    const ended = await project.run(template, parameters, 'luban-ci');

    const namespace = { apiVersion: 'v1', kind: 'Namespace', name: 'prd-payment' };
    await writeFile(folder.at('kubeconfig'), kubeconfig);
    expect(endOf(ended)).toEqual(['Succeeded', undefined]);
    expect(await createKube({ kubeconfig: project.kubeconfig }).read(namespace)).toBeUndefined();
    expect(await createKube({ kubeconfig: folder.at('kubeconfig') }).read(namespace)).toBeDefined();
  });
});
