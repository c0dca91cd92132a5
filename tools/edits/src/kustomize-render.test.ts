import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { applyEdit, type EditInput, parseEdit } from './edit.ts';
import { type Files, textFile, textOf, withChanges } from './files.ts';
import { findImage } from './find-image.ts';
import { followKustomization } from './follow-kustomization.ts';
import type { ImageVersion } from './image-version.ts';

const image = 'registry.example:5000/team/app';
const digest = `sha256:${'ab'.repeat(32)}`;
const deployment = `apiVersion: apps/v1
kind: Deployment
metadata: {name: x}
spec:
  template:
    spec:
      containers:
      - {name: app, image: "${image}:latest"}
      - {name: side, image: "other/side:1"}
`;

const layouts = {
  block: `resources:\n- d.yaml\nimages: # all\n- name: ${image}\n  newTag: v0 # now\n- name: other/side\n  newTag: "2"`,
  flow: `{resources: [d.yaml], images: [{name: other/side, newTag: "2"}, {newTag: v0, name: '${image}'}]}\n`,
  crlf: `\ufeff---\r\nresources:\r\n  - d.yaml\r\nimages:\r\n  - newTag: v0\r\n    name: "${image}"\r\n`,
  twice: `resources: [d.yaml]\nimages:\n- name: ${image}\n  newTag: v0\n- name: ${image}\n  newTag: v00\n`,
  absent: 'resources: [d.yaml]\n',
  placeholder: `resources: [d.yaml]\nimages:\n- name: ${image}\n  newName: quay.io/hello/world\n  newTag: latest\n`,
};

const versions: [ImageVersion, string][] = [
  [{ tag: '1.10' }, ':1.10'],
  [{ digest }, `@${digest}`],
  [{ tag: 'v1', digest }, `:v1@${digest}`],
];

async function rendered(kustomization: string): Promise<string> {
  return renderedTree({ 'kustomization.yaml': kustomization, 'd.yaml': deployment }, '.');
}

async function renderedTree(tree: Record<string, string>, overlay: string): Promise<string> {
  await using folder = await temporaryFolder();
  await writeTree(folder.path, tree);
  const result = await runProgram('kubectl', ['kustomize', overlay], { cwd: folder.path, env: plainEnvironment() });
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return result.stdout;
}

test.skipIf(!hasProgram('kubectl')).each(Object.entries(layouts))(
  'kubectl kustomize renders the same before and after an edit of a %s layout, but for the named image',
  async (_, text) => {
    const before = await rendered(text);
    const [version, suffix] = versions[text.length % versions.length] as [ImageVersion, string];
    const edit = parseEdit({ kind: 'kustomize-set-image', version: 1, folder: '', image, to: version });

    const outcome = applyEdit(edit, new Map([['kustomization.yaml', textFile(text)]]));

    const file = outcome.outcome === 'changed' ? outcome.changes.get('kustomization.yaml') : undefined;
    const after = await rendered(textOf(file ?? textFile(''), 'kustomization.yaml'));
    expect(after).toBe(before.replace(/(?:quay\.io|registry\.example)\S+/, `${image}${suffix}`));
  },
);

/** What an overlay may be made of: a base that renames the image, a component that sets it, a patch that names it. */
const trees: Record<string, Record<string, string>> = {
  'an overlay of a base': { 'base/kustomization.yaml': 'resources: [d.yaml]\n' },
  'an overlay of a base that renames to the image': {
    'base/kustomization.yaml': `resources: [d.yaml]\nimages: [{name: old/app, newName: "${image}", newTag: v0}]\n`,
    'base/d.yaml': deployment.replace(`${image}:latest`, 'old/app:1'),
  },
  'a component that sets it': {
    'base/kustomization.yaml': 'resources: [d.yaml]\n',
    'parts/kustomization.yaml': `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nimages:\n- name: ${image}\n  newTag: v0 # part\n`,
    'env/snd/kustomization.yaml': 'resources: [../../base]\ncomponents: [../../parts]\n',
  },
  'a patch that names it': {
    'base/kustomization.yaml': 'resources: [d.yaml]\n',
    'env/snd/kustomization.yaml': 'resources: [../../base]\npatches: [{path: patch.yaml}]\n',
    'env/snd/patch.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: [{name: app, image: "${image}:v0"}]}}}\n`,
  },
  'a patch and an entry': {
    'base/kustomization.yaml': 'resources: [d.yaml]\n',
    'env/snd/kustomization.yaml': `resources: [../../base]\npatches: [{path: patch.yaml}]\nimages:\n- {newTag: "0", name: '${image}'} # both\n`,
    'env/snd/patch.yaml': `apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: [{name: app, image: "${image}:v0"}]}}}\n`,
  },
};

test.skipIf(!hasProgram('kubectl')).each(Object.entries(trees))(
  'kubectl kustomize renders %s the same before and after, but for the named image',
  async (_, given) => {
    const tree = { 'env/snd/kustomization.yaml': 'resources: [../../base]\n', 'base/d.yaml': deployment, ...given };
    const files: Files = new Map(Object.entries(tree).map(([path, text]) => [path, textFile(text)]));
    const own = new Map([...files].filter(([path]) => path.startsWith('env/snd/')));
    const found = [...new Set(findImage(own, image).places.map(({ file }) => file))];
    const used = followKustomization(files, 'env/snd').files.filter((path) => !path.startsWith('env/snd/'));
    const to = { tag: '1.10' };
    const edit: EditInput =
      found.length > 0
        ? { kind: 'set-image', version: 1, paths: found, image, to }
        : { kind: 'kustomize-set-image', version: 1, folder: 'env/snd', image, to };

    const outcome = applyEdit(parseEdit(edit), files);

    const after = withChanges(files, outcome.outcome === 'changed' ? outcome.changes : new Map());
    const texts = Object.fromEntries([...after].map(([path, file]) => [path, textOf(file, path)]));
    const before = await renderedTree(tree, 'env/snd');
    expect(used).toContain('base/d.yaml');
    expect(used.filter((path) => texts[path] !== tree[path as keyof typeof tree])).toEqual([]);
    expect(await renderedTree(texts, 'env/snd')).toBe(before.replace(/registry\.example\S+/, `${image}:1.10`));
  },
);
