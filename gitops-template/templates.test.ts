import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { renderTemplate } from '@luban-ci/scaffold';
import { type FileTree, hasProgram, readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';

const templates = fileURLToPath(new URL('.', import.meta.url));
const variations = [{}, { project_name: 'data', app_name: 'etl-jobs' }];

async function render(name: string, values: Record<string, string>): Promise<FileTree> {
  const { root, files } = await renderTemplate(`${templates}${name}`, values);
  return Object.fromEntries(files.map((file) => [`${root}/${file.path}`, Buffer.from(file.content).toString()]));
}

describe.each(['luban-gitops-template', 'luban-gitops-template/overlay', 'luban-python-template'])('%s', (name) => {
  test.skipIf(!hasProgram('cookiecutter')).each(variations)(
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

describe.each(['snd', 'prd'])('the %s overlay of luban-gitops-template', (env) => {
  test('is what the overlay template renders for it', async () => {
    const whole = await render('luban-gitops-template', {});
    const folder = `cart-service-gitops/app/overlays/${env}`;
    const part = Object.entries(whole).filter(([path]) => path.startsWith(`${folder}/`));

    const isProduction = env === 'prd' ? 'yes' : 'no';
    const overlay = await render('luban-gitops-template/overlay', { environment: env, is_production: isProduction });

    expect(Object.fromEntries(part.map(([path, text]) => [path.slice(folder.length - env.length), text]))).toEqual(overlay);
  });

  test.skipIf(!hasProgram('kubectl'))('kubectl builds it', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, await render('luban-gitops-template', {}));

    const overlay = folder.at('cart-service-gitops', 'app', 'overlays', env);
    const built = await runProgram('kubectl', ['kustomize', overlay], { cwd: folder.path, env: plainEnvironment() });

    expect(built.exitCode).toBe(0);
    expect(built.stdout).toMatch(new RegExp(`namespace: ${env}-payment`));
    expect(built.stdout).toContain('image: quay.io/luban-ci/luban-hello-world-py:latest');
    expect(built.stdout.match(/^kind: .*/gm)).toEqual([
      'kind: ServiceAccount',
      'kind: ConfigMap',
      'kind: Service',
      'kind: Deployment',
      'kind: HTTPRoute',
    ]);
  });
});
