import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { renderTemplate } from '@luban-ci/scaffold';
import { type FileTree, hasProgram, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';

const templates = fileURLToPath(new URL('.', import.meta.url));
const access = { admin_groups: "leads;o'hara\\team", developer_groups: 'devs', create_test_users: 'yes' };

/** A repository with one overlay, as the two templates make it. */
async function repository(
  type: 'ci' | 'cd',
  overlay: Record<string, string> = {},
  base: Record<string, string> = {},
): Promise<FileTree> {
  const below = await renderTemplate(`${templates}infra-${type}-overlay`, overlay);
  const root = await renderTemplate(`${templates}infra-${type}-base`, base);
  return Object.fromEntries([
    ...root.files.map(({ path, content }) => [path, Buffer.from(content).toString()] as const),
    ...below.files.map(
      ({ path, content }) => [`overlays/${below.root}/${path}`, Buffer.from(content).toString()] as const,
    ),
  ]);
}

const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), annotations: z.record(z.string(), z.string()).default({}) }),
});
type Manifest = z.output<typeof Manifest>;

async function build(tree: FileTree, namespace: string): Promise<Manifest[]> {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, tree);
  const overlay = folder.at('overlays', namespace);
  const built = await runProgram('kubectl', ['kustomize', overlay], { cwd: folder.path, env: plainEnvironment() });
  if (built.exitCode !== 0) throw new Error(built.stderr);
  return documents(built.stdout);
}

const documents = (text: string): Manifest[] =>
  parseAllDocuments(text).map((document) => Manifest.parse(document.toJS()));
const named = (objects: readonly Manifest[]): string[] =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const objectOf = (objects: readonly Manifest[], kind: string, name: string): Manifest =>
  objects.find((each) => each.kind === kind && each.metadata.name === name) ?? expect.fail(`no ${kind} ${name}`);

describe('an infra repository', () => {
  test.each(['ci', 'cd'] as const)(
    'of type %s holds no password, and Argo CD may apply what is in it',
    async (type) => {
      const tree = await repository(type, access);
      const [project, set] = documents(tree['argocd.yaml'] ?? '');
      const kinds = z.array(z.object({ group: z.string(), kind: z.string() }));
      const spec = z.looseObject({ clusterResourceWhitelist: kinds, namespaceResourceWhitelist: kinds });

      const { clusterResourceWhitelist, namespaceResourceWhitelist } = spec.parse(project?.['spec']);

      const allowed = [...clusterResourceWhitelist, ...namespaceResourceWhitelist].map((each) => each.kind);
      const manifests = Object.entries(tree).filter(([path]) =>
        /^(base|overlays)\/.*(?<!application|kustomization)\.yaml$/.test(path),
      );
      const used = manifests.flatMap(([, text]) => documents(text));
      const secrets = used.filter(({ kind }) => kind === 'Secret').map((each) => Object(each['data']));
      expect([...new Set(used.map(({ kind }) => kind))].filter((kind) => !allowed.includes(kind))).toEqual([]);
      expect(
        secrets.flatMap((data) => Object.values(data)).filter((value) => value !== '' && value !== 'e30='),
      ).toEqual([]);
      expect(used.filter((each) => 'stringData' in each)).toEqual([]);
      expect(JSON.stringify(set)).toContain('"preserveResourcesOnDeletion":true');
      expect(JSON.stringify(set)).toContain('"path":"overlays/*/application.yaml"');
    },
  );

  test('tells Argo CD by each overlay where its namespace is', async () => {
    const tree = await repository('cd', { environment: 'prd', server: 'https://prd.example.com:6443' });

    expect(tree['overlays/prd-payment/application.yaml']).toBe(
      [
        '# Not applied: the ApplicationSet in argocd.yaml makes an Application of it.',
        'name: prd-payment-infra',
        'namespace: prd-payment',
        'server: "https://prd.example.com:6443"',
        '',
      ].join('\n'),
    );
    expect(tree['overlays/prd-payment/kustomization.yaml']).not.toContain('application.yaml');
  });
});

describe.skipIf(!hasProgram('kubectl'))('kubectl kustomize', { timeout: 120_000 }, () => {
  test('builds the namespace that builds run in', async () => {
    const objects = await build(await repository('ci', access), 'ci-payment');

    expect(named(objects)).toEqual([
      'Namespace ci-payment',
      'ResourceQuota luban-quota',
      ...['default', 'project-admin', 'project-developer', 'test-project-admin', 'test-project-developer'].map(
        (name) => `ServiceAccount ${name}`,
      ),
      'ServiceAccount workflow-runner',
      ...['luban-dispatcher-submit', 'luban-namespace-provisioner', 'luban-workflow-runner'].map(
        (name) => `RoleBinding ${name}`,
      ),
      'RoleBinding project-admins',
      'RoleBinding project-developers',
      ...['luban-config', 'luban-repositories', 'workflow-semaphores'].map((name) => `ConfigMap ${name}`),
      ...['github-creds', 'harbor-creds', 'harbor-ro-creds'].map((name) => `Secret ${name}`),
      'Secret project-admin.service-account-token',
      'Secret project-developer.service-account-token',
      'LimitRange luban-limits',
      ...['luban-ci-kpack-template', 'luban-promotion-template', 'promotion-workflow'].map(
        (name) => `WorkflowTemplate ${name}`,
      ),
      'NetworkPolicy luban-isolation',
    ]);
  });

  test.each(['snd', 'prd'])('builds the namespace of %s, without groups, too', async (environment) => {
    const objects = await build(await repository('cd', { environment }), `${environment}-payment`);

    expect(named(objects)).toEqual([
      `Namespace ${environment}-payment`,
      'ResourceQuota luban-quota',
      'ServiceAccount default',
      'RoleBinding luban-namespace-provisioner',
      'Secret harbor-ro-creds',
      'LimitRange luban-limits',
      'NetworkPolicy luban-isolation',
    ]);
  });

  test('upstream-B4: the promotion of a project is whole, and preset with what is the same for all its applications', async () => {
    const overlay = { project_name: '007', git_organization: 'metasync', git_provider: 'gitea' };
    const objects = await build(await repository('ci', overlay), 'ci-007');
    const Arguments = z.looseObject({
      arguments: z.looseObject({
        parameters: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })),
      }),
    });
    const parametersOf = (name: string) =>
      Arguments.parse(objectOf(objects, 'WorkflowTemplate', name)['spec']).arguments.parameters;

    const preset = { project_name: '007', git_organization: 'metasync', git_provider: 'gitea' };
    const values = Object.entries({ ...preset, git_creds_secret: 'gitea-creds' });
    expect(parametersOf('promotion-workflow')).toEqual(
      parametersOf('luban-promotion-template').map((parameter) => {
        const value = values.find(([name]) => name === parameter.name)?.[1];
        return value === undefined ? parameter : { ...parameter, value };
      }),
    );
    expect(objectOf(objects, 'WorkflowTemplate', 'promotion-workflow')['spec']).toMatchObject({
      templates: z
        .looseObject({ templates: z.unknown() })
        .parse(objectOf(objects, 'WorkflowTemplate', 'luban-promotion-template')['spec']).templates,
    });
  });

  test('upstream-S6: a rule is for the members of the groups alone, and upstream-B8: their account has a token', async () => {
    const objects = await build(await repository('cd', access), 'snd-payment');

    const rules = ['project-admin', 'project-developer'].map(
      (name) => objectOf(objects, 'ServiceAccount', name).metadata.annotations['workflows.argoproj.io/rbac-rule'],
    );
    expect(rules).toEqual([`"leads" in groups || "o'hara\\\\team" in groups`, '"devs" in groups']);
    expect(objectOf(objects, 'Secret', 'project-admin.service-account-token')).toMatchObject({
      type: 'kubernetes.io/service-account-token',
      metadata: { annotations: { 'kubernetes.io/service-account.name': 'project-admin' } },
    });
    expect(objectOf(objects, 'RoleBinding', 'project-admins')).toMatchObject({
      subjects: [
        { kind: 'Group', name: 'leads' },
        { kind: 'Group', name: "o'hara\\team" },
        { kind: 'ServiceAccount', name: 'project-admin', namespace: 'snd-payment' },
        { kind: 'ServiceAccount', name: 'test-project-admin', namespace: 'snd-payment' },
      ],
    });
  });

  test('upstream-S3: a project pulls and pushes with its own robots, and upstream-B7: kpack can clone', async () => {
    const base = { ssh_secrets: 'azure-ssh-creds', kpack_git_url: 'https://github.com' };
    const objects = await build(await repository('ci', {}, base), 'ci-payment');

    const sourceOf = (name: string) =>
      objectOf(objects, 'Secret', name).metadata.annotations['replicator.v1.mittwald.de/replicate-from'];
    expect(['harbor-creds', 'harbor-ro-creds', 'github-creds'].map(sourceOf)).toEqual([
      'luban-ci/payment-harbor-creds',
      'luban-ci/payment-harbor-ro-creds',
      'luban-ci/github-creds',
    ]);
    expect(objectOf(objects, 'Secret', 'kpack-git-creds')).toMatchObject({
      type: 'kubernetes.io/basic-auth',
      metadata: { annotations: { 'kpack.io/git': 'https://github.com' } },
    });
    expect(objectOf(objects, 'ServiceAccount', 'workflow-runner')['secrets']).toEqual(
      ['harbor-creds', 'azure-ssh-creds', 'kpack-git-creds'].map((name) => ({ name })),
    );
  });
});
