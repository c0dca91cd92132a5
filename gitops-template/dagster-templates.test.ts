import { fileURLToPath } from 'node:url';
import { parseLubanConfig } from '@luban-ci/conventions';
import { applyEdit, type EditInput, parseEdit, textFile, textOf } from '@luban-ci/edits';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { renderTemplate } from '@luban-ci/scaffold';
import { type FileTree, hasProgram, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { z } from 'zod';

const templates = fileURLToPath(new URL('.', import.meta.url));
const platformTemplate = 'luban-dagster-platform-gitops-template';
const locationTemplate = 'luban-dagster-code-location-gitops-template';
const telemetry = { otel_exporter_otlp_endpoint: 'http://otel-collector:4317' };
const dbt = { template_type: 'dagster-dbt-starrocks-code-location' };
const image = 'quay.io/data/etl-jobs';

/** The files without the folder that holds them all. */
async function render(template: string, values: Record<string, string> = {}): Promise<FileTree> {
  const { files } = await renderTemplate(`${templates}${template}`, values);
  return Object.fromEntries(files.map((file) => [file.path, Buffer.from(file.content).toString()]));
}

const Container = z.looseObject({
  image: z.string(),
  args: z.array(z.string()).optional(),
  env: z.array(z.looseObject({ name: z.string(), value: z.string().optional() })).default([]),
  envFrom: z.array(z.looseObject({ configMapRef: z.looseObject({ name: z.string() }).optional() })).default([]),
  securityContext: z.unknown(),
});
const Pod = z.looseObject({
  containers: z.array(Container),
  initContainers: z.array(Container).default([]),
  volumes: z.array(z.looseObject({ configMap: z.looseObject({ name: z.string() }).optional() })).default([]),
  securityContext: z.unknown(),
});
const Manifest = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({ name: z.string(), namespace: z.string().optional() }),
  data: z.record(z.string(), z.string()).optional(),
});
type Manifest = z.output<typeof Manifest>;

async function build(tree: FileTree, env: string): Promise<Manifest[]> {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, tree);
  const overlay = folder.at('app', 'overlays', env);
  const built = await runProgram('kubectl', ['kustomize', overlay], { cwd: folder.path, env: plainEnvironment() });
  if (built.exitCode !== 0) throw new Error(built.stderr);
  return parseAllDocuments(built.stdout).map((document) => Manifest.parse(document.toJS()));
}

const named = (objects: readonly Manifest[]) => objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);
const objectOf = (objects: readonly Manifest[], kind: string, name: string): Manifest =>
  objects.find((each) => each.kind === kind && each.metadata.name === name) ?? expect.fail(`no ${kind} ${name}`);

function podOf(object: Manifest): z.output<typeof Pod> {
  return z.looseObject({ spec: z.looseObject({ template: z.looseObject({ spec: Pod }) }) }).parse(object).spec.template
    .spec;
}

const workloads = (objects: readonly Manifest[]) =>
  objects.filter(({ kind }) => kind === 'Deployment' || kind === 'StatefulSet');

/** A tree after an edit of it. */
function edited(tree: FileTree, edit: EditInput): FileTree {
  const files = new Map(Object.entries(tree).map(([path, text]) => [path, textFile(text)]));
  const outcome = applyEdit(parseEdit(edit), files);
  const changes = outcome.outcome === 'changed' ? [...outcome.changes] : [];
  return {
    ...tree,
    ...Object.fromEntries(changes.map(([path, file]) => [path, file === undefined ? '' : textOf(file, path)])),
  };
}

const registration: EditInput = {
  ...{ kind: 'dagster-set-location', version: 1, folder: 'app/overlays/snd', location: 'etl-jobs' },
  ...{ configMap: 'dagster-platform-workspace', server: { host: 'etl-jobs.snd-data.svc.cluster.local', port: 3000 } },
};

describe('a rendered Dagster platform', () => {
  test('upstream-S10: holds no password, and the account that starts runs may not touch a Secret', async () => {
    const tree = await render(platformTemplate);
    const accounts = parseAllDocuments(tree['app/base/accounts.yaml'] ?? '').map((each) => Manifest.parse(each.toJS()));
    const role = objectOf(accounts, 'Role', 'dagster-platform');

    const rules = z
      .array(z.looseObject({ resources: z.array(z.string()), verbs: z.array(z.string()) }))
      .parse(role['rules']);

    expect(rules.flatMap(({ resources }) => resources).toSorted()).toEqual([
      ...['events', 'jobs', 'jobs/status', 'pods', 'pods/log'],
    ]);
    expect(rules.flatMap(({ verbs }) => verbs)).not.toContain('*');
    expect(Object.values(tree).filter((text) => /kind: Secret\b|stringData|password: \S/i.test(text))).toEqual([]);
  });

  test('upstream-9.6: server and clients read one name of the database from one place', async () => {
    const tree = await render(platformTemplate, { app_name: 'orchestra' });

    const postgresql = tree['app/base/postgresql.yaml'] ?? '';
    const instance = z
      .looseObject({
        storage: z.looseObject({ postgres: z.looseObject({ postgres_db: z.record(z.string(), z.unknown()) }) }),
      })
      .parse(parse(tree['app/base/dagster.yaml'] ?? '')).storage.postgres.postgres_db;

    expect(postgresql).toMatch(
      /name: POSTGRES_DB\n +valueFrom:\n +configMapKeyRef:\n +name: orchestra-env\n +key: DAGSTER_PG_DB\n/,
    );
    expect(instance).toEqual({
      hostname: { env: 'DAGSTER_PG_HOST' },
      port: { env: 'DAGSTER_PG_PORT' },
      db_name: { env: 'DAGSTER_PG_DB' },
      username: { env: 'DAGSTER_PG_USER' },
      password: { env: 'DAGSTER_PG_PASSWORD' },
    });
    expect(tree['app/overlays/prd/platform.properties']).toContain('DAGSTER_PG_DB=dagster\n');
  });
});

describe.skipIf(!hasProgram('kubectl'))('kubectl kustomize', { timeout: 120_000 }, () => {
  test.each(['snd', 'prd'])('builds the %s overlay of a platform, of kinds that Argo CD may deploy', async (env) => {
    const objects = await build(await render(platformTemplate, telemetry), env);

    const names = named(objects).map((name) => name.replace(/^(ConfigMap .*)-[a-z0-9]{10}$/, '$1-<hash>'));
    expect(names).toEqual([
      'ServiceAccount dagster-platform',
      'ServiceAccount dagster-platform-runs',
      'Role dagster-platform',
      'RoleBinding dagster-platform',
      'ConfigMap dagster-platform-env',
      'ConfigMap dagster-platform-instance',
      'ConfigMap dagster-platform-platform-env-<hash>',
      'ConfigMap dagster-platform-platform-instance-<hash>',
      'ConfigMap dagster-platform-workspace-<hash>',
      'Service dagster-platform',
      'Service dagster-platform-postgresql',
      'Deployment dagster-platform-daemon',
      'Deployment dagster-platform-metrics',
      'Deployment dagster-platform-webserver',
      'StatefulSet dagster-platform-postgresql',
      'HTTPRoute dagster-platform',
    ]);
    expect(objects.map(({ metadata }) => metadata.namespace)).toEqual(Array(objects.length).fill(`${env}-data`));
    expect(kindsOf(objects).filter((kind) => !parseLubanConfig({}).argocd_namespaced_kinds.includes(kind))).toEqual([]);
    expect(objectOf(objects, 'ConfigMap', 'dagster-platform-env').data).toMatchObject({
      DAGSTER_K8S_NAMESPACE: `${env}-data`,
      OTEL_RESOURCE_ATTRIBUTES: `deployment.environment=${env},project.name=data`,
    });
  });

  test('upstream-9.6: two platforms in one namespace have no object in common, and select no pod of each other', async () => {
    const [one, two] = [
      await build(await render(platformTemplate), 'snd'),
      await build(await render(platformTemplate, { app_name: 'orchestra' }), 'snd'),
    ];

    const both = named(one).filter((name) => named(two).includes(name));
    expect(both).toEqual([]);
    expect(selectorsOf(two)).toEqual(
      selectorsOf(one).map((each) => ({ ...each, 'app.kubernetes.io/name': 'orchestra' })),
    );
    expect(JSON.stringify(two)).not.toContain('dagster-platform');
  });

  test('upstream-9.6: a new code location starts the daemon and the webserver again, and nothing else', async () => {
    const before = await render(platformTemplate);

    const [old, now] = [await build(before, 'snd'), await build(edited(before, registration), 'snd')];

    const changed = workloads(now).filter(
      (each) => !workloads(old).some((was) => JSON.stringify(was) === JSON.stringify(each)),
    );
    expect(named(changed)).toEqual(['Deployment dagster-platform-daemon', 'Deployment dagster-platform-webserver']);
  });

  test.each(['snd', 'prd'])(
    'builds the %s overlay of a code location, whose runs have the deployed image',
    async (env) => {
      const digest = `sha256:${'a'.repeat(64)}`;
      const edit: EditInput = {
        ...{
          kind: 'kustomize-set-image',
          version: 1,
          folder: `app/overlays/${env}`,
          image,
          to: { tag: '1.0.0', digest },
        },
        pin: 'always',
      };
      const tree = await render(locationTemplate);

      const [scaffold, deployed] = [await build(tree, env), await build(edited(tree, edit), env)];

      expect(kindsOf(scaffold).filter((kind) => !parseLubanConfig({}).argocd_namespaced_kinds.includes(kind))).toEqual(
        [],
      );
      expect(imagesOf(scaffold)).toEqual(Array(2).fill('docker.io/dagster/dagster-celery-k8s:1.12.19'));
      expect(imagesOf(deployed)).toEqual(Array(2).fill(`${image}:1.0.0@${digest}`));
    },
  );

  test('configuration reaches runs by a name that stays, and starts the server again by one that does not', async () => {
    const tree = await render(locationTemplate, dbt);
    const path = 'app/overlays/prd/config.properties';
    const other = { ...tree, [path]: `${tree[path]}MORE=1\n` };

    const [one, two] = [await build(tree, 'prd'), await build(other, 'prd')];

    expect(objectOf(two, 'ConfigMap', 'etl-jobs-config').data).toEqual({
      ...objectOf(one, 'ConfigMap', 'etl-jobs-config').data,
      MORE: '1',
    });
    expect(objectOf(one, 'ConfigMap', 'etl-jobs-config').data).toMatchObject({
      DBT_TARGET: 'production',
      STARROCKS_DATABASE: 'etl_jobs_prd',
    });
    expect(podOf(objectOf(two, 'Deployment', 'etl-jobs'))).not.toEqual(podOf(objectOf(one, 'Deployment', 'etl-jobs')));
  });

  test('every container fits the restricted pod security standard', async () => {
    const platform = await build(await render(platformTemplate, telemetry), 'snd');
    const location = await build(await render(locationTemplate), 'snd');

    const pods = workloads([...platform, ...location]).map(podOf);

    expect(pods).toHaveLength(5);
    for (const pod of pods) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of [...pod.initContainers, ...pod.containers]) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
      }
    }
  });
});

function kindsOf(objects: readonly Manifest[]): string[] {
  return objects.map(({ apiVersion, kind }) => {
    const group = apiVersion.includes('/') ? `${apiVersion.split('/')[0]}/` : '';
    return `${group}${kind}`;
  });
}

function selectorsOf(objects: readonly Manifest[]): Record<string, string>[] {
  const Selected = z.looseObject({
    spec: z.looseObject({ selector: z.looseObject({ matchLabels: z.record(z.string(), z.string()) }) }),
  });
  return workloads(objects).map((each) => Selected.parse(each).spec.selector.matchLabels);
}

/** The image of the server, and the one that its runs get. */
function imagesOf(objects: readonly Manifest[]): (string | undefined)[] {
  const [server] = podOf(objectOf(objects, 'Deployment', 'etl-jobs')).containers;
  return [server?.image, server?.env.find(({ name }) => name === 'DAGSTER_CONTAINER_IMAGE')?.value];
}
