import { KubeObject } from '@luban-ci/kube';
import { capturedLog } from '@luban-ci/testing';
import { expect, test, vi } from 'vitest';
import { failureOf } from '../testing/run-step.fixture.ts';
import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

// Each test sets up a cluster of its own, which takes some seconds where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const sandbox = {
  projectName: 'payment',
  deployEnv: 'snd',
  developerGroups: ['payment-developers'],
  adminGroups: ['payment-leads'],
};
const production = { ...sandbox, deployEnv: 'prd' };
const namespace = 'snd-payment';
const docker = 'kubernetes.io/dockerconfigjson';

async function withCredentials(): Promise<SetUpWorld> {
  const world = await setUpWorld();
  await world.secret('harbor-creds', { '.dockerconfigjson': '{"auths":{"all":{}}}' }, docker);
  await world.secret('payment-harbor-creds', { '.dockerconfigjson': '{"auths":{"own":{}}}' }, docker);
  await world.secret('harbor-ro-creds', { '.dockerconfigjson': '{"auths":{}}' }, docker);
  await world.secret('github-creds', { username: 'git', token: 'a$b"c\\d' });
  return world;
}

/** Names of what is in a namespace, by kind. */
async function contents(world: SetUpWorld, where: string): Promise<Record<string, string[]>> {
  const kinds: [string, string][] = [
    ['v1', 'ConfigMap'],
    ['v1', 'LimitRange'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['v1', 'ResourceQuota'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    ['v1', 'Secret'],
    ['v1', 'ServiceAccount'],
    ['argoproj.io/v1alpha1', 'WorkflowTemplate'],
  ];
  const found = await Promise.all(
    kinds.map(async ([apiVersion, kind]) => {
      const objects = await world.kube.list({ apiVersion, kind, namespace: where });
      return [kind, objects.map(({ metadata }) => metadata.name ?? '')] as const;
    }),
  );
  return Object.fromEntries(found);
}

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

test('groups and test users are bound to roles of our own, and mapped for Argo’s login', async () => {
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
