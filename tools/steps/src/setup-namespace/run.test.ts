import { KubeObject } from '@luban-ci/kube';
import { expect, test, vi } from 'vitest';
import type { SetUpWorld } from '../testing/set-up-world.fixture.ts';
import { contents, docker, namespace, production, sandbox, withCredentials } from './sandbox.fixture.ts';

// Each test sets up a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const data = async (world: SetUpWorld, kind: string, name: string, where = namespace) =>
  Object((await world.object(kind, name, where))?.['data']);

test('the sandbox has everything that a pipeline needs, and a second run changes nothing', async () => {
  await using world = await withCredentials();

  const first = await world.run('setup-namespace', { ...sandbox, createTestUsers: 'yes' });
  const second = await world.run('setup-namespace', { ...sandbox, createTestUsers: 'yes' });

  expect([first.changed, second.changed, second.diff]).toEqual([true, false, '']);
  expect(first.outputs).toMatchObject({ namespace, missingSecrets: [] });
  expect((await world.object('Namespace', namespace))?.metadata.labels).toEqual({
    'app.kubernetes.io/part-of': 'luban-ci',
    'kubernetes.io/metadata.name': namespace,
    'luban-ci.io/environment': 'snd',
    'luban-ci.io/made-by': 'setup-namespace',
    'luban-ci.io/project': 'payment',
    'pod-security.kubernetes.io/enforce': 'restricted',
  });
  expect(await contents(world, namespace)).toEqual({
    ConfigMap: ['luban-config', 'luban-repositories', 'workflow-semaphores'],
    LimitRange: ['luban-limits'],
    NetworkPolicy: ['luban-isolation'],
    ResourceQuota: ['luban-quota'],
    RoleBinding: [
      'luban-dispatcher-submit',
      'luban-namespace-provisioner',
      'luban-workflow-runner',
      'project-admins',
      'project-developers',
    ],
    Secret: [
      'github-creds',
      'harbor-creds',
      'harbor-ro-creds',
      'kpack-git-creds',
      'project-admin.service-account-token',
      'project-developer.service-account-token',
    ],
    ServiceAccount: [
      'default',
      'project-admin',
      'project-developer',
      'test-project-admin',
      'test-project-developer',
      'workflow-runner',
    ],
    WorkflowTemplate: ['luban-ci-kpack-template', 'luban-promotion-template', 'promotion-workflow'],
  });
});

test('production has no builds: only access, limits and what pulls images', async () => {
  await using world = await withCredentials();

  await world.run('setup-namespace', production);

  expect(await contents(world, 'prd-payment')).toEqual({
    ConfigMap: [],
    LimitRange: ['luban-limits'],
    NetworkPolicy: ['luban-isolation'],
    ResourceQuota: ['luban-quota'],
    RoleBinding: ['luban-namespace-provisioner', 'project-admins', 'project-developers'],
    Secret: ['harbor-ro-creds', 'project-admin.service-account-token', 'project-developer.service-account-token'],
    ServiceAccount: ['default', 'project-admin', 'project-developer'],
    WorkflowTemplate: [],
  });
  expect((await world.object('ServiceAccount', 'default', 'prd-payment'))?.['imagePullSecrets']).toEqual([
    { name: 'harbor-ro-creds' },
  ]);
});

test('upstream-B8: groups and test users are bound to roles of our own, and mapped for Argo’s login', async () => {
  await using world = await withCredentials();
  await world.run('setup-namespace', { ...sandbox, adminGroups: ['leads', "o'brien's"], createTestUsers: 'yes' });

  const binding = await world.object('RoleBinding', 'project-admins', namespace);
  const developers = await world.object('RoleBinding', 'project-developers', namespace);
  const account = await world.object('ServiceAccount', 'project-admin', namespace);
  const token = await world.object('Secret', 'project-admin.service-account-token', namespace);

  const group = { apiGroup: 'rbac.authorization.k8s.io', kind: 'Group' };
  expect(binding?.['roleRef']).toMatchObject({ kind: 'ClusterRole', name: 'luban-project-admin' });
  expect(developers?.['roleRef']).toMatchObject({ kind: 'ClusterRole', name: 'luban-project-developer' });
  expect(binding?.['subjects']).toEqual([
    { ...group, name: 'leads' },
    { ...group, name: "o'brien's" },
    { kind: 'ServiceAccount', name: 'project-admin', namespace },
    { kind: 'ServiceAccount', name: 'test-project-admin', namespace },
  ]);
  expect(account?.metadata.annotations).toMatchObject({
    'workflows.argoproj.io/rbac-rule': '"leads" in groups || "o\'brien\'s" in groups',
    'workflows.argoproj.io/rbac-rule-precedence': '2',
  });
  expect(token).toMatchObject({
    type: 'kubernetes.io/service-account-token',
    metadata: { annotations: { 'kubernetes.io/service-account.name': 'project-admin' } },
  });
});

test('upstream-S6: without groups there is no account that a login could be mapped to', async () => {
  await using world = await withCredentials();

  await world.run('setup-namespace', { projectName: 'payment', deployEnv: 'snd' });

  const { RoleBinding, ServiceAccount, Secret } = await contents(world, namespace);
  expect(RoleBinding).not.toContain('project-admins');
  expect(ServiceAccount).toEqual(['default', 'workflow-runner']);
  expect(Secret?.filter((name) => name.endsWith('token'))).toEqual([]);
});

test('upstream-S3: a project’s own credentials win, and every value arrives as it is (upstream-S8)', async () => {
  await using world = await withCredentials();
  await world.run('setup-namespace', sandbox);
  const text = (encoded: unknown) => Buffer.from(String(encoded), 'base64').toString('utf8');

  const harbor = await data(world, 'Secret', 'harbor-creds');
  const github = await data(world, 'Secret', 'github-creds');

  expect(text(harbor['.dockerconfigjson'])).toBe('{"auths":{"own":{}}}');
  expect(text(github['token'])).toBe('a$b"c\\d');
});

test('upstream-B7: kpack gets a login for git that it understands, and its account knows it', async () => {
  await using world = await withCredentials();
  await world.run('setup-namespace', sandbox);

  const login = await world.object('Secret', 'kpack-git-creds', namespace);
  const runner = await world.object('ServiceAccount', 'workflow-runner', namespace);

  expect(login).toMatchObject({
    type: 'kubernetes.io/basic-auth',
    metadata: { annotations: { 'kpack.io/git': 'https://github.com' } },
  });
  expect(runner?.['secrets']).toEqual([{ name: 'harbor-creds' }, { name: 'kpack-git-creds' }]);
});

test('a changed credential, a removed group and a key that the configuration lost are followed', async () => {
  await using world = await withCredentials();
  const config = { domain_suffix: 'apps.example.com', gitops_branch: 'develop' };
  await world.run('setup-namespace', { ...sandbox, createTestUsers: 'yes' }, { config });
  const source = KubeObject.parse(await world.object('Secret', 'github-creds', 'luban-ci'));
  await world.kube.replace({ ...source, data: { username: 'Z2l0', token: 'bmV3' } });

  const changed = await world.run(
    'setup-namespace',
    { ...sandbox, developerGroups: [] },
    { config: { gitops_branch: 'next' } },
  );

  const { ServiceAccount, Secret } = await contents(world, namespace);
  expect(changed.outputs['changedObjects']).toEqual([
    'updated Secret snd-payment/github-creds',
    'updated Secret snd-payment/kpack-git-creds',
    'updated RoleBinding snd-payment/project-admins',
    'updated ConfigMap snd-payment/luban-config',
    'removed Secret snd-payment/project-developer.service-account-token',
    'removed ServiceAccount snd-payment/project-developer',
    'removed ServiceAccount snd-payment/test-project-admin',
    'removed ServiceAccount snd-payment/test-project-developer',
    'removed RoleBinding snd-payment/project-developers',
  ]);
  expect(changed.diff).not.toContain('bmV3');
  expect(await data(world, 'Secret', 'github-creds')).toEqual({ username: 'Z2l0', token: 'bmV3' });
  expect(await data(world, 'ConfigMap', 'luban-config')).toEqual({
    registry_server: world.playground.registry,
    gitops_branch: 'next',
  });
  expect(ServiceAccount).toEqual(['default', 'project-admin', 'workflow-runner']);
  expect(Secret).not.toContain('project-developer.service-account-token');
});

test('what people put there, and the number of builds that they chose, stays', async () => {
  await using world = await withCredentials();
  await world.run('setup-namespace', sandbox);
  const semaphores = KubeObject.parse(await world.object('ConfigMap', 'workflow-semaphores', namespace));
  await world.kube.replace({ ...semaphores, data: { 'kpack-builds': '3' } });
  await world.kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'theirs', namespace } });

  const again = await world.run('setup-namespace', sandbox);
  const chosen = await data(world, 'ConfigMap', 'workflow-semaphores');
  const asked = await world.run('setup-namespace', { ...sandbox, maxBuilds: 5 });

  expect(again.changed).toBe(false);
  expect(chosen).toEqual({ 'kpack-builds': '3' });
  expect(asked.outputs['changedObjects']).toEqual(['updated ConfigMap snd-payment/workflow-semaphores']);
  expect(await data(world, 'ConfigMap', 'workflow-semaphores')).toEqual({ 'kpack-builds': '5' });
  expect(await world.object('ConfigMap', 'theirs', namespace)).toBeDefined();
});

test('a replicator’s stubs say where from, and what it filled in stays', async () => {
  await using world = await withCredentials();
  const config = { secret_distribution: 'replicate' };
  await world.run('setup-namespace', sandbox, { config });
  const stub = KubeObject.parse(await world.object('Secret', 'harbor-creds', namespace));
  await world.kube.replace({ ...stub, data: { '.dockerconfigjson': 'ZmlsbGVk' } });

  const again = await world.run('setup-namespace', { ...sandbox, maxBuilds: 10 }, { config });

  expect(stub).toMatchObject({ type: docker, data: { '.dockerconfigjson': Buffer.from('{}').toString('base64') } });
  expect(stub.metadata.annotations?.['replicator.v1.mittwald.de/replicate-from']).toBe('luban-ci/payment-harbor-creds');
  expect(again.changed).toBe(false);
  expect(await data(world, 'Secret', 'harbor-creds')).toEqual({ '.dockerconfigjson': 'ZmlsbGVk' });
});

test('the promotion is filled in, and the other namespace is kept out', async () => {
  await using world = await withCredentials();
  await world.run('setup-namespace', { ...sandbox, gitOrganization: 'metasync', allowFrom: ['monitoring'] });

  const template = await world.object('WorkflowTemplate', 'promotion-workflow', namespace);
  const policy = await world.object('NetworkPolicy', 'luban-isolation', namespace);

  const parameters = Object(template?.['spec']).arguments.parameters as { name: string; value?: string }[];
  const values = Object.fromEntries(parameters.map(({ name, value }) => [name, value]));
  expect(values).toMatchObject({ project_name: 'payment', git_organization: 'metasync', git_provider: 'github' });
  expect(parameters.filter(({ name }) => values[name] === undefined).map(({ name }) => name)).toEqual([
    'app_name',
    'gitops_utils_image',
  ]);
  expect(Object(policy?.['spec']).ingress).toEqual([
    {
      from: [
        { podSelector: {} },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'gateway' } } },
        { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } },
      ],
    },
  ]);
});

test('builds may have a namespace of their own, which comes with the first environment', async () => {
  await using world = await withCredentials();
  const config = { build_namespace_pattern: 'ci-<project>' };

  await world.run('setup-namespace', sandbox, { config });
  await world.run('setup-namespace', production, { config });

  expect((await contents(world, 'ci-payment'))['WorkflowTemplate']).toContain('luban-ci-kpack-template');
  expect((await contents(world, namespace))['WorkflowTemplate']).toEqual([]);
});
