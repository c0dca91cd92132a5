import { readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { renderTemplate } from '@luban-ci/scaffold';
import { type FileTree, hasProgram, readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';

const templates = fileURLToPath(new URL('.', import.meta.url));
const names = { project_name: 'data', app_name: 'etl-jobs' };
const telemetry = { otel_exporter_otlp_endpoint: 'http://otel-collector:4317' };
const dbt = { template_type: 'dagster-dbt-starrocks-code-location' };
const infra = { repo_name: 'infra', network_policy: 'none', image_pull_secret: 'pull' };
const access = {
  admin_groups: "leads;o'hara\\team",
  developer_groups: 'devs',
  create_test_users: 'yes',
  egress_policy: 'out',
};
const allSecrets = { ssh_secrets: 'azure-ssh-creds ado-ssh-creds', binding_secrets: 'uv-mirror-netrc luban-ca-cert' };
const mirror = { python_version: '3.12', python_index_url: 'https://mirror.example.com/simple' };

/** Every template, and what it is rendered with beside its defaults. */
const variations: Record<string, Record<string, string>[]> = {
  'luban-gitops-template': [{}, names],
  'luban-gitops-template/overlay': [{}, names],
  'luban-dagster-platform-gitops-template': [{}, { ...names, ...telemetry }],
  'luban-dagster-platform-gitops-template/overlay': [{}, { environment: 'live', is_production: 'yes', ...telemetry }],
  'luban-dagster-code-location-gitops-template': [{}, { ...names, ...dbt, ...telemetry }],
  'luban-dagster-code-location-gitops-template/overlay': [{}, { environment: 'live', is_production: 'yes', ...dbt }],
  'infra-ci-base': [{}, { ...infra, ...allSecrets, git_secrets: '', kpack_git_url: 'https://github.com' }],
  'infra-cd-base': [{}, infra],
  'infra-ci-overlay': [{}, { project_name: 'data', ...access, own_registry_secrets: '' }],
  'infra-cd-overlay': [{}, { project_name: 'data', environment: 'prd', ...access, own_registry_secrets: '' }],
  'luban-python-template': [{}, names],
  'luban-dagster-platform-source-template': [{}, { ...names, ...mirror }],
  'luban-dagster-code-location-source-template': [{}, { ...names, ...mirror }],
  'luban-dagster-dbt-starrocks-code-location-source-template': [{}, { ...names, ...mirror, default_env: 'production' }],
};

async function render(name: string, values: Record<string, string>): Promise<FileTree> {
  const { root, files } = await renderTemplate(`${templates}${name}`, values);
  return Object.fromEntries(files.map((file) => [`${root}/${file.path}`, Buffer.from(file.content).toString()]));
}

test('every template is among those that cookiecutter is tried with', async () => {
  const folders = (await readdir(templates, { recursive: true })).filter((path) => path.endsWith('cookiecutter.json'));

  expect(folders.map((path) => dirname(path)).toSorted()).toEqual(Object.keys(variations).toSorted());
});

test('upstream-B3: what a workflow fills a repository from is a template that there is', async () => {
  const workflows = fileURLToPath(new URL('../workflows/', import.meta.url));
  const files = (await readdir(workflows, { recursive: true })).filter((path) => path.endsWith('/template.yaml'));

  const defaults = await Promise.all(
    files.map(async (file) => [...(await readFile(`${workflows}${file}`, 'utf8')).matchAll(templateDefault)]),
  );

  const submitted = files.map((path) => dirname(path)); // the dispatcher's `template` is a workflow
  const names = defaults.flatMap((found) => found.map(([, name = '']) => name));
  const filledFrom = names.filter((name) => !submitted.includes(name));
  expect(filledFrom.length).toBeGreaterThan(6);
  expect(filledFrom.filter((name) => !(name in variations))).toEqual([]);
});

/** A parameter `template`, `gitops_template` or `source_template` with its default. */
const templateDefault = /- name: (?:\w+_)?template\n +value: "?([\w-]+)"?\n/g;

describe.each(Object.keys(variations))('%s', (name) => {
  test.skipIf(!hasProgram('cookiecutter')).each(variations[name] ?? [])(
    'cookiecutter renders the same bytes with %j',
    async (values) => {
      await using folder = await temporaryFolder();
      const settings = folder.at('settings.yaml');
      await writeFile(settings, `cookiecutters_dir: ${folder.path}/cache\nreplay_dir: ${folder.path}/replay\n`);
      const given = Object.entries(values).map(([key, value]) => `${key}=${value}`);
      const args = ['--no-input', '--config-file', settings, '-o', folder.at('out'), `${templates}${name}`, ...given];
      const run = await runProgram('cookiecutter', args, { cwd: folder.path, env: plainEnvironment() });

      expect(run.stderr).toBe('');
      expect(await render(name, values)).toEqual(await readTree(folder.at('out')));
    },
  );
});

const withOverlays: [string, Record<string, string>][] = [
  ['luban-gitops-template', {}],
  ['luban-dagster-platform-gitops-template', {}],
  ['luban-dagster-platform-gitops-template', telemetry],
  ['luban-dagster-code-location-gitops-template', {}],
  ['luban-dagster-code-location-gitops-template', { ...dbt, ...telemetry }],
];

describe.each(['snd', 'prd'])('the %s overlay', (env) => {
  test.each(withOverlays)('of %s with %j is what its overlay template renders', async (name, values) => {
    const whole = await render(name, { ...values, app_name: 'cart-service' });
    const folder = `cart-service-gitops/app/overlays/${env}`;
    const part = Object.entries(whole).filter(([path]) => path.startsWith(`${folder}/`));

    const given = {
      ...values,
      environment: env,
      is_production: env === 'prd' ? 'yes' : 'no',
      app_name: 'cart-service',
    };
    const overlay = await render(`${name}/overlay`, given);

    expect(Object.fromEntries(part.map(([path, text]) => [path.slice(folder.length - env.length), text]))).toEqual(
      overlay,
    );
  });
});

describe.each(['snd', 'prd'])('the %s overlay of luban-gitops-template', (env) => {
  test.skipIf(!hasProgram('kubectl'))('upstream-B5: kubectl builds it, with the account that its pods run under', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, await render('luban-gitops-template', {}));

    const overlay = folder.at('cart-service-gitops', 'app', 'overlays', env);
    const built = await runProgram('kubectl', ['kustomize', overlay], { cwd: folder.path, env: plainEnvironment() });

    expect(built.exitCode).toBe(0);
    expect(built.stdout).toMatch(new RegExp(`namespace: ${env}-payment`));
    expect(built.stdout).toContain('image: quay.io/luban-ci/luban-hello-world-py:latest');
    expect(built.stdout).toContain('serviceAccountName: cart-service\n');
    expect(built.stdout.match(/^kind: .*/gm)).toEqual([
      'kind: ServiceAccount',
      'kind: ConfigMap',
      'kind: Service',
      'kind: Deployment',
      'kind: HTTPRoute',
    ]);
  });
});
