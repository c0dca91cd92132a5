import { loopbackServer, readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { luban, startLuban } from './testing/luban-process.ts';

const kustomization = 'images:\n  - name: quay.io/metasync/cart-service\n    newTag: "1.0.0"\n';
const given = ['--image', 'quay.io/metasync/cart-service', '--image-tag', '1.1.0', '--path', '.'];

describe('luban', () => {
  test('without words, and for help, prints what there is', async () => {
    await using folder = await temporaryFolder();

    const alone = await luban({ args: [], cwd: folder.path });
    const help = await luban({ args: ['--help'], cwd: folder.path });

    expect([alone.exitCode, help.exitCode]).toEqual([2, 0]);
    expect(alone.stdout).toBe(help.stdout);
    expect(help.stdout).toMatch(/^luban: GitOps delivery as small steps\n[\s\S]*luban steps/);
    expect([alone.stderr, help.stderr]).toEqual(['', '']);
  });

  test('refuses a word it does not know, and says what is near', async () => {
    await using folder = await temporaryFolder();

    const near = await luban({ args: ['promot'], cwd: folder.path });
    const far = await luban({ args: ['constructor'], cwd: folder.path });

    expect([near.exitCode, near.stdout, near.stderr]).toEqual([
      2,
      '',
      '✗ luban has no command or step called "promot"\n  → Did you mean promote?\n',
    ]);
    expect([far.exitCode, far.stderr]).toEqual([
      2,
      '✗ luban has no command or step called "constructor"\n  → "luban steps" lists what there is.\n',
    ]);
  });

  test('lists the steps, and explains one in the same words by two ways', async () => {
    await using folder = await temporaryFolder();

    const steps = await luban({ args: ['steps'], cwd: folder.path });
    const explained = await luban({ args: ['explain', 'promote'], cwd: folder.path });
    const helped = await luban({ args: ['promote', '--help'], cwd: folder.path });
    const nothing = await luban({ args: ['explain', 'nothing'], cwd: folder.path });

    expect(steps.stdout.split('\n').map((line) => line.split(' ')[0])).toContain('kustomize-set-image');
    expect(explained.stdout).toMatch(/^promote: /);
    expect(explained.stdout).toContain('--project-name');
    expect(explained.stdout).toContain('LUBAN_GIT_TOKEN');
    expect(helped.stdout).toBe(explained.stdout);
    expect([nothing.exitCode, nothing.stderr.includes('kustomize-set-image')]).toEqual([2, true]);
    expect([steps, explained].map(({ stdout }) => stdout.includes('\u001b['))).toEqual([false, false]);
  });
});

describe('a step on the command line', () => {
  test('names every bad field by its flag, and changes nothing', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'kustomization.yaml': kustomization });

    const { exitCode, stdout, stderr } = await luban({
      args: ['kustomize-set-image', '--digest', 'x', '--image-tag', '-', '--colour', 'red'],
      cwd: folder.path,
    });

    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/--image .*\n[\s\S]*--image-tag[\s\S]*--digest/);
    expect(stderr).toContain('--colour');
    expect(JSON.parse(stdout)).toMatchObject({ step: 'kustomize-set-image', error: {} });
    expect(await readTree(folder.path)).toEqual({ 'kustomization.yaml': kustomization });
  });

  test('gives JSON on standard output, and the story without colours on standard error', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'kustomization.yaml': kustomization });

    const done = await luban({ args: ['kustomize-set-image', ...given], cwd: folder.path });
    const again = await luban({ args: ['kustomize-set-image', ...given], cwd: folder.path });

    expect([done.exitCode, again.exitCode]).toEqual([0, 0]);
    expect(JSON.parse(done.stdout)).toMatchObject({ step: 'kustomize-set-image', changed: true });
    expect(JSON.parse(again.stdout)).toMatchObject({ step: 'kustomize-set-image', changed: false });
    expect(done.stderr).not.toContain('\u001b[');
    expect(done.stderr).toMatch(/^✓ /m);
    expect(again.stderr).toMatch(/^= /m);
    expect(await readTree(folder.path)).toEqual({ 'kustomization.yaml': kustomization.replace('1.0.0', '1.1.0') });
  });

  test('takes flags before the environment before the input file', async () => {
    await using folder = await temporaryFolder();
    const file = 'image: quay.io/metasync/cart-service\nimage_tag: from-file\npath: .\n';
    await writeTree(folder.path, { 'kustomization.yaml': kustomization, 'inputs.yaml': file });
    const args = ['kustomize-set-image', '--dry-run', '--input-file', 'inputs.yaml'];
    const env = { LUBAN_IMAGE_TAG: 'from-environment' };

    const byFile = await luban({ args, cwd: folder.path });
    const byEnvironment = await luban({ args, cwd: folder.path, env });
    const byFlag = await luban({ args: [...args, '--image-tag', 'from-flag'], cwd: folder.path, env });

    const tags = [byFile, byEnvironment, byFlag].map(({ stderr }) => /^\+ +newTag: "?([\w-]+)/m.exec(stderr)?.[1]);
    expect(tags).toEqual(['from-file', 'from-environment', 'from-flag']);
    expect((await readTree(folder.path))['kustomization.yaml']).toBe(kustomization);
  });

  test('on Argo writes a file for each output', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'kustomization.yaml': kustomization });
    const env = {
      LUBAN_HOST: 'argo',
      LUBAN_OUTPUTS: folder.at('outputs'),
      LUBAN_WORKSPACE: folder.path,
      LUBAN_IMAGE: 'quay.io/metasync/cart-service',
      LUBAN_IMAGE_TAG: '1.1.0',
      LUBAN_PATH: '.',
    };

    const done = await luban({ args: ['kustomize-set-image'], cwd: folder.path, env });
    const elsewhere = await luban({ args: ['kustomize-set-image'], cwd: folder.path, env: { LUBAN_HOST: 'jenkins' } });

    expect([done.exitCode, done.stdout]).toEqual([0, '']);
    expect(await readTree(folder.at('outputs'))).toMatchObject({ changed: 'true' });
    expect([elsewhere.exitCode, elsewhere.stderr]).toEqual([
      2,
      '✗ LUBAN_HOST is "jenkins"; expected one of cli, argo, gitlab-ci\n',
    ]);
  });

  test('that is stopped may be run again', async () => {
    await using folder = await temporaryFolder();
    await using server = await loopbackServer(() => {}); // a server that never answers
    const args = ['checkout', '--repo-url', `${server.url}/metasync/cart-service.git`, '--path', 'source'];
    await using run = startLuban({ args, cwd: folder.path });
    while (server.seen.length === 0) await new Promise((resolve) => setImmediate(resolve));

    run.kill('SIGTERM');

    expect(await run.ended).toBe(75);
    expect(run.said()).toMatch(/✗ stopped by SIGTERM/);
    expect(Object.keys(await readTree(folder.path))).toEqual([]);
  });
});
