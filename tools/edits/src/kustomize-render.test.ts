import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { applyEdit, parseEdit } from './edit.ts';
import { textFile, textOf } from './files.ts';
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
  await using folder = await temporaryFolder();
  await writeTree(folder.path, { 'kustomization.yaml': kustomization, 'd.yaml': deployment });
  const result = await runProgram('kubectl', ['kustomize', '.'], { cwd: folder.path, env: plainEnvironment() });
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
