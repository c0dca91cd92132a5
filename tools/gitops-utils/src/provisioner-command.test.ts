import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createKube } from '@luban-ci/kube/client';
import { kubeconfigFor, type Playground, startPlayground } from '@luban-ci/playground';
import { type ProgramResult, plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { repositoryRoot } from './repository-folders.ts';
import { lubanCommand } from './testing/luban-process.ts';

/** Milliseconds for a dozen programs on a busy machine. */
const patience = 300_000;
const token = 'a-token-nobody-may-see';
const forge = ['--git-organization', 'metasync', '--git-provider', 'gitea'];
const names = ['--project-name', 'payment', '--application-name', 'cart-service'];
const entry = ['--output-dir', '/workdir', ...names, ...forge];

interface ScriptWorld extends AsyncDisposable {
  playground: Playground;
  /** Absolute path below the world's folder. */
  at(...path: string[]): string;
  /** Runs `luban-provisioner` as a script of the original does: by its name, with its variables. */
  provisioner(args: readonly string[], env?: Record<string, string>): Promise<ProgramResult>;
  git(repository: string, args: readonly string[]): Promise<string>;
}

/** A forge in a playground, and the surroundings of a script that was written for the original. */
async function scriptWorld(): Promise<ScriptWorld> {
  const folder = await temporaryFolder();
  const users = [{ name: 'admin', token, admin: true }];
  const organizations = [{ name: 'metasync', members: [] }];
  const playground = await startPlayground({ folder: folder.at('data'), users, organizations });
  const cwd = folder.path;
  const { PATH = '', ...plain } = plainEnvironment();
  const git = {
    GIT_TOKEN: token,
    GIT_USERNAME: 'admin',
    GIT_SERVER: playground.registry,
    GIT_BASE_URL: playground.url,
  };
  const own = { ...plain, ...lubanCommand.env, PATH, HOME: cwd, TMPDIR: cwd, ...git };
  return {
    playground,
    at: folder.at,
    provisioner: (args, env = {}) =>
      runProgram(join(repositoryRoot, 'luban-provisioner'), args, { cwd, env: { ...own, ...env } }),
    git: async (repository, args) => {
      const at = folder.at('data', 'repositories', 'metasync', `${repository}.git`);
      return (await runProgram('git', args, { cwd: at, env: plainEnvironment() })).stdout;
    },
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Exit code, and whether something was changed. */
const endOf = ({ exitCode, stdout }: ProgramResult): unknown[] => [exitCode, JSON.parse(stdout)['changed']];

describe('luban-provisioner', { timeout: patience }, () => {
  test('a script that makes a configuration and both repositories goes on working', async () => {
    await using world = await scriptWorld();
    await writeTree(world.at(), {
      'system/registry_server': 'harbor.example.com',
      'system/luban_provisioner_image': 'quay.io/luban-ci/luban-provisioner:0.3.27',
      'app/container_port': '8080',
      'app/service_port': '8080',
    });
    const folders = ['--luban-config-dir', world.at('system'), '--app-config-dir', world.at('app')];
    const set = ['--set', 'template_type=python-app', '--set', 'otel_service_name=payment-cart-service'];
    const file = ['--config-file', world.at('config.yaml')];
    const hook = ['--webhook-url', 'http://127.0.0.1:9'];

    const config = await world.provisioner(['config', '--output-file', world.at('config.yaml'), ...folders, ...set]);
    const gitops = ['gitops', ...entry, ...file, '--domain-suffix', 'apps.example.com'];
    const source = ['source', ...entry, ...file, ...hook];
    const first = [
      await world.provisioner(gitops),
      await world.provisioner(source, { WEBHOOK_SECRET: 'of-events-0123' }),
    ];
    const second = [
      await world.provisioner(gitops),
      await world.provisioner(source, { WEBHOOK_SECRET: 'of-events-0123' }),
    ];

    expect([config, ...first, ...second].map(endOf)).toEqual([
      ...[
        [0, true],
        [0, true],
        [0, true],
      ],
      ...[
        [0, false],
        [0, false],
      ],
    ]);
    expect(await readFile(world.at('config.yaml'), 'utf8')).toBe(
      'container_port: "8080"\nregistry_server: harbor.example.com\nservice_port: "8080"\ntemplate_type: python-app\n',
    );
    expect(config.stderr).toContain('! luban_provisioner_image means nothing any more, and is left out\n');
    expect(config.stderr).toContain('! otel_service_name means nothing any more, and is left out\n');
    expect(first[0]?.stderr).toContain('! --output-dir means nothing any more (');
    expect(first[0]?.stderr).toContain('! There is no cluster at hand, so luban-repositories gets no entry');
    const show = (repository: string, path: string) => world.git(repository, ['show', path]);
    expect(await show('cart-service-gitops', 'develop:app/base/service.yaml')).toContain('port: 8080\n');
    expect(await show('cart-service-gitops', 'develop:app/overlays/snd/kustomization.yaml')).toContain(
      '  - name: harbor.example.com/payment/cart-service\n',
    );
    expect(await show('cart-service', 'main:pyproject.toml')).toContain('name = "cart-service"\n');
    expect(JSON.parse(first[1]?.stdout ?? '')['outputs']['webhookAddress']).toBe('http://127.0.0.1:9/gitea/push');
    expect([config, ...first, ...second].filter((each) => `${each.stdout}${each.stderr}`.includes(token))).toEqual([]);
  });

  test('where a cluster is at hand, the application is registered in it', async () => {
    await using world = await scriptWorld();
    const kubeconfig = world.at('kubeconfig');
    await writeFile(kubeconfig, kubeconfigFor(world.playground.url, token));

    const done = await world.provisioner(['gitops', ...entry], { KUBECONFIG: kubeconfig });

    const name = { apiVersion: 'v1', kind: 'ConfigMap', name: 'luban-repositories', namespace: 'luban-ci' };
    const registered = await createKube({ kubeconfig }).read(name);
    expect(endOf(done)).toEqual([0, true]);
    expect(registered?.['data']).toEqual({
      'payment.cart-service': `source: ${world.playground.url}/metasync/cart-service.git\n`,
    });
  });

  test('infra repositories and overlays are made by the same commands, and again without a change', async () => {
    await using world = await scriptWorld();
    const config = world.at('luban.yaml');
    await writeFile(config, 'build_namespace_pattern: ci-<project>\n');
    const env = { LUBAN_CONFIG_PATH: config };
    const work = ['--work-dir', '/workdir', '--project-name', 'payment'];
    const groups = ['--admin-group', 'leads', '--developer-group', ''];
    const script = [
      ['infra', 'ci', 'init', '--repo-name', 'luban-infra-ci', ...forge, '--azure-ssh-host', 'ssh.example.com'],
      ['infra', 'cd', 'init', '--repo-name', 'luban-infra-cd', ...forge, '--image-pull-secret', 'pull-creds'],
      ['infra', 'ci', 'update', '--repo-name', 'luban-infra-ci', ...work, ...forge, ...groups],
      ['infra', 'cd', 'update', '--repo-name', 'luban-infra-cd', ...work, ...forge, '--env', 'prd', '--local-dir', 'x'],
    ];

    const planned = await world.provisioner([...(script[0] ?? []), '--dry-run'], env);
    const first: ProgramResult[] = [];
    for (const args of script) first.push(await world.provisioner(args, env));
    const second: ProgramResult[] = [];
    for (const args of script) second.push(await world.provisioner(args, env));

    expect(endOf(planned)).toEqual([0, false]);
    expect(first.map(endOf)).toEqual(script.map(() => [0, true]));
    expect(second.map(endOf)).toEqual(script.map(() => [0, false]));
    const namespace = 'luban-infra-ci:overlays/ci-payment/namespace.yaml'.split(':');
    expect(await world.git(namespace[0] ?? '', ['show', `main:${namespace[1]}`])).toContain("name: 'leads'\n");
    expect(await world.git('luban-infra-cd', ['show', 'main:base/accounts.yaml'])).toContain('- name: pull-creds\n');
    expect(await world.git('luban-infra-cd', ['ls-tree', '--name-only', 'main', 'overlays/'])).toBe(
      'overlays/prd-payment\n',
    );
  });

  test('a code location is registered, and a promotion without a deployment is refused', async () => {
    await using world = await scriptWorld();
    const platform = [
      '--project-name',
      'data',
      '--application-name',
      'orchestra',
      ...forge,
      '--output-dir',
      '/workdir',
    ];
    const location = [
      ...['--platform-project', 'data', '--platform-app', 'orchestra', '--environment', 'snd'],
      ...['--location-name', 'etl-jobs', '--location-host', 'etl-jobs.snd-data.svc.cluster.local', ...forge],
    ];

    const made = await world.provisioner(['gitops', ...platform, '--template-type', 'dagster-platform']);
    const registered = await world.provisioner(['dagster', 'register-location', ...location]);
    const again = await world.provisioner(['dagster', 'register-location', ...location]);
    await world.provisioner(['gitops', ...entry]);
    const promotion = ['promote', '--project-name', 'payment', '--app-name', 'cart-service', ...forge];
    const promoted = await world.provisioner(promotion);
    const project = await world.provisioner(['project', '--project-name', 'payment', ...forge, '--admin-group', 'a']);

    expect([made, registered, again, project].map(endOf)).toEqual([
      [0, true],
      [0, true],
      [0, false],
      [0, false],
    ]);
    expect(await world.git('orchestra-gitops', ['show', 'develop:app/overlays/snd/workspace.yaml'])).toContain(
      '    host: etl-jobs.snd-data.svc.cluster.local\n    port: 3000\n    location_name: etl-jobs\n',
    );
    expect(promoted.exitCode).toBe(1);
    expect(promoted.stderr).toMatch(/placeholder/);
    expect(project.stderr).toContain('! --admin-group means nothing any more (as before)\n');
  });

  test('upstream-S7: a token that stands in the arguments is told, and never repeated', async () => {
    await using world = await scriptWorld();

    const given = await world.provisioner(['gitops', ...entry, '--git-token', token], { GIT_TOKEN: '' });
    const stray = await world.provisioner(['gitops', ...entry, 'hunter2']);

    expect(endOf(given)).toEqual([0, true]);
    expect(given.stderr).toContain('! --git-token can be read by everybody on this machine; give GIT_TOKEN');
    expect(`${given.stdout}${given.stderr}`).not.toContain(token);
    expect([stray.exitCode, `${stray.stdout}${stray.stderr}`.includes('hunter2')]).toEqual([2, false]);
  });

  test('what cannot be mapped is refused in one sentence, before anything is made', async () => {
    await using world = await scriptWorld();
    const refused = [
      ['k8s', '--project-name', 'payment'],
      ['destroy'],
      ['gitops', ...entry, '--colour', 'red'],
      ['gitops', ...forge],
      ['source', ...entry, '--template-type', 'cobol'],
      ['gitops', ...entry, '--set', 'colour=red'],
      ['gitops', ...entry, '--container-port', 'many'],
    ];

    const runs: ProgramResult[] = [];
    for (const args of refused) runs.push(await world.provisioner(args));
    const help = await world.provisioner(['infra', 'ci', 'update', '--help']);

    expect(runs.map(({ exitCode }) => exitCode)).toEqual(refused.map(() => 2));
    expect(runs.map(({ stderr }) => stderr.split('\n').find((line) => line.startsWith('✗')))).toEqual([
      '✗ luban-provisioner k8s is gone: namespaces are set up by "luban setup-namespace", one environment at a time',
      expect.stringMatching(/^✗ luban-provisioner has no command "destroy"; it has config, project, gitops/),
      "✗ luban-provisioner gitops cannot be used so: Unknown option '--colour'",
      '✗ luban-provisioner gitops needs to know more',
      '✗ There is no template of the kind "cobol"',
      '✗ --set names what nobody knows',
      '✗ luban-config cannot be used',
    ]);
    expect([help.exitCode, help.stdout]).toEqual([
      0,
      expect.stringMatching(
        /^luban-provisioner infra ci update: update-infra-repo\n[\s\S]*--admin-group {11}--admin-groups \(required\)\n/,
      ),
    ]);
  });
});
