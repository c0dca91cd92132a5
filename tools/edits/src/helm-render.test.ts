import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { applyEdit, type EditInput, parseEdit } from './edit.ts';
import { type Files, textFile, textOf, withChanges } from './files.ts';
import { findImage } from './find-image.ts';
import type { ImageVersion } from './image-version.ts';

const image = 'registry.example:5000/team/app';
const digest = `sha256:${'ab'.repeat(32)}`;

/** A chart as people write it: the template puts the reference together, and another container stands beside it. */
function chartOf(reference: string, values: string, more: Record<string, string> = {}): Record<string, string> {
  return {
    'Chart.yaml': 'apiVersion: v2\nname: shop\nversion: 0.1.0\nappVersion: "0.9"\n',
    'values.yaml': values,
    'templates/deployment.yaml': `apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
  labels: {note: {{ .Values.note | default "none" | quote }}}
spec:
  template:
    spec:
      containers:
        - name: app
          image: ${reference}
        - name: side
          image: {{ .Values.side.repository }}:{{ .Values.side.tag }}
`,
    ...more,
  };
}

const side = 'side: {repository: other/app, tag: "2"} # beside\n';
const withDigest = '{{ with .digest }}@{{ . }}{{ end }}';
const parts =
  '"{{ with .Values.image }}{{ .repository }}{{ with .tag }}:{{ . }}{{ end }}{{ with .digest }}@{{ . }}{{ end }}{{ end }}"';
const split = `"{{ with .Values.image }}{{ .registry }}/{{ .repository }}:{{ .tag }}${withDigest}{{ end }}"`;

interface Case {
  chart: Record<string, string>;
  /** Further values, as `--values`. */
  values?: string;
  edit: (to: ImageVersion, paths: readonly string[]) => EditInput;
  to: ImageVersion;
  /** What comes after the name of the image then. */
  runs: string;
}

const setImage: Case['edit'] = (to, paths) => ({ kind: 'set-image', version: 1, paths: [...paths], image, to });
const setAt = (path: string, at: string): Case['edit'] => {
  return (to) => ({ kind: 'helm-set-image', version: 1, path, at, image, to });
};

const cases: Record<string, Case> = {
  'a repository and a tag': {
    chart: chartOf(parts, `# the shop\nimage:\n  repository: ${image}\n  tag: v0 # now\n  pullPolicy: Always\n${side}`),
    edit: setImage,
    to: { tag: '1.10' },
    runs: ':1.10',
  },
  'a registry, a repository, a tag and a digest': {
    chart: chartOf(
      split,
      `image:\n  registry: registry.example:5000\n  repository: team/app\n  tag: "0"\n  digest: sha256:${'0'.repeat(64)}\n${side}`,
    ),
    edit: setImage,
    to: { tag: 'v1', digest },
    runs: `:v1@${digest}`,
  },
  'a whole reference': {
    chart: chartOf('{{ .Values.image | quote }}', `${side}image: ${image}:v0\nnote: ${image} is ours\n`),
    edit: setImage,
    to: { tag: '1e3', digest },
    runs: ':1e3',
  },
  'a tag that YAML would take for a number': {
    chart: chartOf(parts, `image: {repository: "${image}", tag: 1.9.1}\r\n${side}`),
    edit: setImage,
    to: { tag: '1.10' },
    runs: ':1.10',
  },
  'values of an environment over those of the chart': {
    chart: chartOf(parts, `image: {repository: "${image}", tag: v0}\n${side}`, {
      'env/snd/values.yaml': `image:\n  repository: ${image}\n  tag: v00\n\n# end`,
    }),
    values: 'env/snd/values.yaml',
    edit: setAt('env/snd/values.yaml', 'image'),
    to: { tag: 'v1' },
    runs: ':v1',
  },
  'an anchor that other values point at': {
    chart: chartOf(
      parts,
      `side: {repository: other/app, tag: &two "2"}\nnote: *two\nimage: {repository: '${image}', tag: v0}\n`,
    ),
    edit: setImage,
    to: { tag: 'v2' },
    runs: ':v2',
  },
  'a chart inside of a chart': {
    chart: {
      'Chart.yaml': 'apiVersion: v2\nname: platform\nversion: 0.1.0\n',
      'values.yaml': `shop:\n  image:\n    repository: ${image}\n    tag: v0\n  side:\n    tag: "3"\n`,
      ...below('charts/shop/', chartOf(parts, `image: {repository: other/default, tag: v0}\n${side}`)),
    },
    edit: setAt('values.yaml', 'shop.image'),
    to: { tag: 'v1', digest },
    runs: ':v1',
  },
};

test.skipIf(!hasProgram('helm')).each(Object.entries(cases))(
  'helm renders %s the same before and after, but for the named image',
  async (_, { chart, values, edit, to, runs }) => {
    const files: Files = new Map(Object.entries(chart).map(([path, text]) => [path, textFile(text)]));
    const paths = [...new Set(findImage(files, image).places.map(({ file }) => file))];

    const outcome = applyEdit(parseEdit(edit(to, paths)), files);

    const changes = outcome.outcome === 'changed' ? outcome.changes : new Map();
    const edited = [...withChanges(files, changes)].map(([path, file]): [string, string] => [path, textOf(file, path)]);
    const before = await rendered(chart, values);
    const after = await rendered(Object.fromEntries(edited), values);
    expect(after).toBe(before.replace(/registry\.example[^"\s]*(?="?\n)/, `${image}${runs}`));
    expect(after).not.toBe(before);
  },
);

async function rendered(tree: Record<string, string>, values: string | undefined): Promise<string> {
  await using folder = await temporaryFolder();
  await using home = await temporaryFolder();
  await writeTree(folder.path, tree);
  const more = values === undefined ? [] : ['--values', values];
  const env = { ...plainEnvironment(), HOME: home.path };
  const result = await runProgram('helm', ['template', 'release', '.', ...more], { cwd: folder.path, env });
  if (result.exitCode !== 0) throw new Error(result.stderr);
  return result.stdout;
}

function below(folder: string, tree: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(tree).map(([path, text]) => [`${folder}${path}`, text]));
}
