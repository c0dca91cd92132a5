import { mkdir, symlink } from 'node:fs/promises';
import { capturedLog, readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { failureOf, runStep } from '../testing/run-step.fixture.ts';

const image = 'quay.io/payment/cart';
const set = { path: 'env/snd', image, imageTag: '1.10' };
const deployment = (text: string): string =>
  `apiVersion: apps/v1\nkind: Deployment\nspec:\n  template:\n    spec:\n      containers:\n      - {name: a, image: "${text}"}\n`;

/** An environment that names the image in each layout, once, at one version. */
function environment(tag: string, plain = tag): Record<string, string> {
  return {
    'env/snd/web/kustomization.yaml': `# web\nimages:\n- name: ${image} # ours\n  newTag: ${plain}\n`,
    'env/snd/web/values.yaml': `image: {registry: quay.io, repository: payment/cart, tag: ${plain}}\n`,
    'env/snd/worker/job.yaml': `---\n${deployment(`${image}:${tag}`)}---\n${deployment(`${image}:${tag}`)}`,
    'env/snd/apps/app.json': `{"apiVersion": "argoproj.io/v1alpha1", "kind": "Application",\n "spec": {"source": {"kustomize": {"images": ["${image}:${tag}"]}}}}`,
    'env/snd/release.yaml': `apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nspec:\n  values:\n    a: ${image}:${tag} # {"$imagepolicy": "flux-system:cart"}\n    b: ${plain} # {"$imagepolicy": "flux-system:cart:tag"}\n`,
  };
}

const untouched = {
  'env/snd/other.yaml': deployment('quay.io/payment/cart-worker:1.0.0'),
  'env/snd/.github/ci.yaml': `image: ${image}:1.0.0\n`,
  'env/prd/kustomization.yaml': `images:\n- name: ${image}\n  newTag: 1.0.0\n`,
  'env/snd/notes.txt': `${image}:1.0.0\n`,
};

describe('set-image', () => {
  test('sets the image in every file of the folder that names it, whatever its layout, and in no other', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { ...environment('1.0.0'), ...untouched });

    const { changed, outputs, summary } = await runStep('set-image', set, { workspace: folder.path });

    const files = Object.keys(environment('')).sort();
    expect(await readTree(folder.path)).toEqual({ ...environment('1.10', '"1.10"'), ...untouched });
    expect({ changed, files: outputs['files'], superseded: outputs['superseded'] }).toEqual({
      changed: true,
      files,
      superseded: false,
    });
    expect(outputs['places']).toEqual([
      'env/snd/apps/app.json: spec.source.kustomize.images[0] (argocd)',
      'env/snd/release.yaml: spec.values.a (flux)',
      'env/snd/release.yaml: spec.values.b (flux)',
      'env/snd/web/kustomization.yaml: images[0] (kustomize)',
      'env/snd/web/values.yaml: image.repository (helm)',
      'env/snd/worker/job.yaml: spec.template.spec.containers[0].image (manifest)',
      'env/snd/worker/job.yaml, document 2: spec.template.spec.containers[0].image (manifest)',
    ]);
    expect(summary).toBe(`${image} is set to 1.10 in ${files.join(', ')}`);
  });

  test('a second time, and as a dry run, it writes nothing', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, environment('1.0.0'));

    const dry = await runStep('set-image', set, { workspace: folder.path, dryRun: true });
    const before = await readTree(folder.path);
    await runStep('set-image', set, { workspace: folder.path });
    const again = await runStep('set-image', set, { workspace: folder.path });

    expect(before).toEqual(environment('1.0.0'));
    expect(dry.changed).toBe(false);
    expect(dry.diff).toContain(`-  newTag: 1.0.0\n+  newTag: "1.10"\n`);
    expect({ changed: again.changed, diff: again.diff }).toEqual({ changed: false, diff: '' });
  });

  test('only the layouts that are asked for are looked at', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, environment('1.0.0'));

    const { outputs } = await runStep('set-image', { ...set, layouts: ['helm'] }, { workspace: folder.path });

    expect(outputs['files']).toEqual(['env/snd/web/values.yaml']);
  });

  test('an image that only a shared base names is listed in the kustomization of the folder', async () => {
    await using folder = await temporaryFolder();
    const base = {
      'base/kustomization.yaml': 'resources: [deployment.yaml]\ncomponents: [../parts]\n',
      'base/deployment.yaml': deployment('quay.io/payment/other:1'),
      'parts/kustomization.yaml': 'kind: Component\nresources: [job.yaml]\n',
      'parts/job.yaml': deployment(`${image}:1.0.0`),
    };
    const overlay = '# snd\nresources:\n  - ../../base\n';
    await writeTree(folder.path, { ...base, 'env/snd/kustomization.yaml': overlay });
    const log = capturedLog();

    const { outputs } = await runStep('set-image', set, { workspace: folder.path, log: log.log });

    expect(await readTree(folder.path)).toEqual({
      ...base,
      'env/snd/kustomization.yaml': `${overlay}images:\n  - name: ${image}\n    newTag: "1.10"\n`,
    });
    expect(outputs['files']).toEqual(['env/snd/kustomization.yaml']);
    expect(log.lines.map(({ message }) => message)).toContain(
      `${image} is named in parts/job.yaml, which others may use too; it is listed in env/snd/kustomization.yaml instead`,
    );
  });

  test('where a record is kept, an older build does not replace a newer one, and no other record is started', async () => {
    await using folder = await temporaryFolder();
    const record = 'env/snd/web/.luban';
    await writeTree(folder.path, { ...environment('1.0.0'), [record]: 'version: "1"\nimages: {}\n' });
    const newer = { ...set, orderKey: '2026-01-02T00:00:00Z', revision: 'b'.repeat(40) };
    const older = { ...set, imageTag: '1.9', orderKey: '2026-01-01T00:00:00Z', revision: 'a'.repeat(40) };

    await runStep('set-image', { ...newer, path: 'env/snd/web' }, { workspace: folder.path });
    const { changed, outputs } = await runStep(
      'set-image',
      { ...older, path: 'env/snd/web' },
      { workspace: folder.path },
    );

    const tree = await readTree(folder.path);
    expect({ changed, superseded: outputs['superseded'] }).toEqual({ changed: false, superseded: true });
    expect(outputs['supersededBy']).toContain('1.10 of bbbbbbbbbbbb');
    expect(tree['env/snd/web/kustomization.yaml']).toContain('newTag: "1.10"');
    expect(Object.keys(tree).filter((path) => path.endsWith('.luban'))).toEqual([record]);
  });

  test('an image that nothing names is refused, with the templates that were left alone', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, {
      'env/snd/Chart.yaml': 'name: x\n',
      'env/snd/templates/a.yaml': `image: ${image}:{{ .Values.tag }}\n`,
    });

    const error = await failureOf(runStep('set-image', set, { workspace: folder.path }));

    expect(error).toMatchObject({
      name: 'InputError',
      message: `no file in env/snd names the image ${image}`,
      hint: `env/snd/templates/a.yaml names ${image}; it is a template of a chart and was left as it is.`,
    });
  });

  test.each([
    ['is no YAML', `a: [\nimage: ${image}:1\n`, /env\/snd\/a\.yaml:\d+:\d+ is not valid YAML/],
    ['is a template', `{{- if .Values.a }}\nimage: ${image}:1\n{{- end }}\n`, /is not valid YAML/],
    ['has a key twice', `image: ${image}:1\nimage: ${image}:1\n`, /Map keys must be unique/],
    ['computes the version', deployment(`${image}:{{tag}}`), /has a version that is filled in from elsewhere/],
    ['takes it from a variable', deployment(`${image}:\${TAG}`), /has a version that is filled in from elsewhere/],
    ['shares it', `image: {repository: ${image}, tag: &v "1"}\nother: {chart: *v}\n`, /shared with other places/],
    [
      'merges it',
      `b: &b {repository: ${image}, tag: a}\nimage: {<<: *b, tag: b}\n`,
      /merges other values into the image/,
    ],
    ['has a type of its own', `image: {repository: ${image}, tag: !Sub v1}\n`, /has a value of the type !Sub/],
  ])('a file that names the image and %s is refused, and nothing is written', async (_, text, message) => {
    await using folder = await temporaryFolder();
    const tree = { ...environment('1.0.0'), 'env/snd/a.yaml': text };
    await writeTree(folder.path, tree);

    const error = await failureOf(runStep('set-image', set, { workspace: folder.path }));

    expect(error).toMatchObject({ name: 'StepError', message: expect.stringMatching(message) });
    expect(await readTree(folder.path)).toEqual(tree);
  });

  test('a folder outside of the workspace, or behind a symbolic link, is refused', async () => {
    await using folder = await temporaryFolder();
    await writeTree(folder.path, { 'outside/kustomization.yaml': `images: [{name: ${image}}]\n` });
    await mkdir(folder.at('workspace', 'env'), { recursive: true });
    await symlink(folder.at('outside'), folder.at('workspace', 'env', 'snd'));
    const workspace = folder.at('workspace');

    const errors = await Promise.all([
      failureOf(runStep('set-image', set, { workspace })),
      failureOf(runStep('set-image', { ...set, path: '../outside' }, { workspace })),
      failureOf(runStep('set-image', { path: '.', image }, { workspace })),
    ]);

    expect(errors).toMatchObject([{ name: 'StepError' }, { name: 'InputError' }, { name: 'InputError' }]);
  });
});
