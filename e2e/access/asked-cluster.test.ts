import { readFile } from 'node:fs/promises';
import { plainEnvironment } from '@luban-ci/process';
import { hasProgram, type LoopbackServer, loopbackServer, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { openAskedCluster } from './asked-cluster.ts';
import { accesses } from './permissions.ts';

const developer = 'system:serviceaccount:snd-payment:test-project-developer';

/** An API server with the accounts of a project, whose authorizer lets the developer list workflows and nothing else. */
async function apiServer(accounts: readonly string[]): Promise<LoopbackServer> {
  return loopbackServer(({ method, path, headers, body }, response) => {
    const reply = (status: number, value: object): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(value));
    };
    const { pathname } = new URL(path, 'http://api');
    if (pathname === '/api/v1/namespaces/luban-ci/configmaps/luban-config')
      return reply(200, { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'luban-config' }, data: {} });
    if (pathname === '/api/v1/serviceaccounts') return reply(200, listOf(accounts));
    if (pathname in discovery) return reply(200, discovery[pathname] ?? {});
    if (method !== 'POST') return reply(404, { kind: 'Status', apiVersion: 'v1', status: 'Failure', code: 404 });
    const allowed = headers['impersonate-user'] === developer && body.includes('list') && body.includes('workflows');
    const rules = [{ verbs: ['list'], apiGroups: ['argoproj.io'], resources: ['workflows'] }];
    const [kind = ''] = /SelfSubject\w+Review/.exec(body) ?? [];
    const status = kind.endsWith('RulesReview')
      ? { resourceRules: rules, nonResourceRules: [], incomplete: false }
      : { allowed };
    return reply(201, { apiVersion: 'authorization.k8s.io/v1', kind, metadata: {}, spec: {}, status });
  });
}

const resource = (name: string, kind: string, namespaced = true) => ({
  ...{ name, kind, namespaced, singularName: '', verbs: ['get', 'list', 'create'] },
});
const group = (name: string, version: string) => ({
  name,
  versions: [{ groupVersion: `${name}/${version}`, version }],
  preferredVersion: { groupVersion: `${name}/${version}`, version },
});
const discovery: Record<string, object> = {
  '/api': { kind: 'APIVersions', versions: ['v1'] },
  '/apis': {
    ...{ kind: 'APIGroupList', apiVersion: 'v1' },
    groups: [group('authorization.k8s.io', 'v1'), group('argoproj.io', 'v1alpha1')],
  },
  '/api/v1': {
    ...{ kind: 'APIResourceList', groupVersion: 'v1' },
    resources: [
      ...[resource('serviceaccounts', 'ServiceAccount'), resource('configmaps', 'ConfigMap')],
      resource('pods', 'Pod'),
    ],
  },
  '/apis/argoproj.io/v1alpha1': {
    ...{ kind: 'APIResourceList', groupVersion: 'argoproj.io/v1alpha1' },
    resources: [resource('workflows', 'Workflow')],
  },
  '/apis/authorization.k8s.io/v1': {
    ...{ kind: 'APIResourceList', groupVersion: 'authorization.k8s.io/v1' },
    resources: [
      resource('selfsubjectaccessreviews', 'SelfSubjectAccessReview', false),
      resource('selfsubjectrulesreviews', 'SelfSubjectRulesReview', false),
    ],
  },
};

function listOf(accounts: readonly string[]): object {
  const items = accounts.map((each) => {
    const [namespace, name] = each.split('/');
    return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { namespace, name } };
  });
  return { apiVersion: 'v1', kind: 'ServiceAccountList', metadata: {}, items };
}

const complete = ['luban-ci/default', 'luban-ci/luban-ci-sa', 'snd-payment/default'].concat(
  ...['snd-payment/test-project-admin', 'snd-payment/test-project-developer'],
);

async function environmentFor(server: LoopbackServer, folder: { path: string; at(name: string): string }) {
  const kubeconfig = {
    ...{
      apiVersion: 'v1',
      kind: 'Config',
      'current-context': 'here',
      users: [{ name: 'me', user: { token: 'mine' } }],
    },
    clusters: [{ name: 'here', cluster: { server: server.url } }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'me' } }],
  };
  await writeTree(folder.path, { config: JSON.stringify(kubeconfig) });
  expect(await readFile(folder.at('config'), 'utf8')).toContain(server.url);
  return { ...plainEnvironment(), HOME: folder.path, KUBECONFIG: folder.at('config') };
}

test.skipIf(!hasProgram('kubectl'))('kubectl: every question is asked as the account that it is about', async () => {
  await using folder = await temporaryFolder();
  await using server = await apiServer(complete);
  const cluster = await openAskedCluster(await environmentFor(server, folder), 'payment');
  const [admin, access] = [accesses[0], accesses[1]];
  if (admin === undefined || access === undefined) throw new Error('there is nobody to ask about');
  const list = { verb: 'list', resource: 'workflows.argoproj.io' };

  const answers = [
    await cluster.mayDo(access, 'build', [list, { ...list, verb: 'delete' }]),
    await cluster.mayDo(admin, 'build', [list]),
    await cluster.mayDo(access, 'cluster', [{ verb: 'get', resource: 'pods', subresource: 'log' }]),
    await cluster.mayDo(access, 'platform', [{ verb: 'get', resource: 'configmaps', name: 'luban-heads' }]),
  ];
  const rules = await cluster.rulesOf(access, 'build');

  const reviews = server.seen.filter(({ method }) => method === 'POST');
  expect(answers).toEqual([['yes', 'no'], ['no'], ['no'], ['no']]);
  expect(rules).toEqual([{ verbs: ['list'], apiGroups: ['argoproj.io'], resources: ['workflows'] }]);
  expect(reviews.map(({ headers }) => headers['impersonate-user'])).toEqual([
    ...[developer, developer, developer.replace('developer', 'admin'), developer, developer, developer],
  ]);
  const wanted = [
    ['snd-payment', 'list', 'argoproj.io', 'workflows'],
    ['snd-payment', 'delete', 'argoproj.io', 'workflows'],
    ['snd-payment', 'list', 'argoproj.io', 'workflows'],
    ['get', 'pods', 'log'],
    ['luban-ci', 'get', 'configmaps', 'luban-heads'],
    ['SelfSubjectRulesReview', 'snd-payment'],
  ];
  const said = wanted.map((texts, index) => texts.filter((text) => reviews[index]?.body.includes(text)));
  expect(said).toEqual(wanted);
  expect(reviews[3]?.body).not.toContain('snd-payment');
  expect(['platform', 'build', 'release', 'argocd', 'cluster'].map((place) => cluster.has(place as 'build'))).toEqual([
    ...[true, true, false, false, true],
  ]);
});

test.skipIf(!hasProgram('kubectl')).each([
  ['a project that is not there', ['luban-ci/default'], 'There is no namespace snd-payment'],
  [
    'a project without test users',
    ['luban-ci/default', 'snd-payment/default'],
    'There is no account test-project-admin, test-project-developer in snd-payment',
  ],
])('kubectl: %s is said in one sentence', async (_, accounts, sentence) => {
  await using folder = await temporaryFolder();
  await using server = await apiServer(accounts);

  const opening = openAskedCluster(await environmentFor(server, folder), 'payment');

  await expect(opening).rejects.toThrow(sentence);
});
