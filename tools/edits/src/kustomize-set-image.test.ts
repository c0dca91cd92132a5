import { expect, test } from 'vitest';
import { applyEdit, type EditInput, parseEdit } from './edit.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { type Files, textFile, textOf, withChanges } from './files.ts';

const image = 'registry.example/payment/cart-service';
const path = 'app/overlays/snd/kustomization.yaml';
const recordPath = 'app/overlays/snd/.luban';
const digest = `sha256:${'ab'.repeat(32)}`;
const scaffold = `# sandbox
resources:
  - ../../base

images:
  - name: ${image}
    newName: quay.io/somebody/hello-world
    newTag: latest
`;

function files(text: string, record?: string): Files {
  return new Map([[path, textFile(text)], ...(record === undefined ? [] : [[recordPath, textFile(record)] as const])]);
}

function setImage(given: Partial<Extract<EditInput, { kind: 'kustomize-set-image' }>>): EditInput {
  return { kind: 'kustomize-set-image', version: 1, folder: 'app/overlays/snd', image, to: { tag: 'v1' }, ...given };
}

function asked(
  at: number,
  sourceCommit = `${at}`.repeat(40),
): { key: string; at: string; order: string; sourceCommit: string; sourceRepository: string } {
  const time = `2026-01-02T03:04:0${at}Z`;
  return {
    key: `key-${at}`,
    at: time,
    order: time,
    sourceCommit,
    sourceRepository: 'https://git.example/payment/cart-service.git',
  };
}

function apply(edit: EditInput, to: Files): { outcome: EditOutcome; after: Files } {
  const outcome = applyEdit(parseEdit(edit), to);
  return { outcome, after: outcome.outcome === 'changed' ? withChanges(to, outcome.changes) : to };
}

function textAfter(edit: EditInput, text: string): string {
  const { after } = apply(edit, files(text));
  return textOf(after.get(path) ?? textFile(''), path);
}

test('a first deployment sets the tag, drops the placeholder and starts the record', () => {
  const { after } = apply(
    setImage({ to: { tag: '1.10', digest }, pin: 'as-listed', provenance: asked(1) }),
    files(scaffold),
  );

  expect(textOf(after.get(path) ?? textFile(''), path)).toBe(
    scaffold.replace('    newName: quay.io/somebody/hello-world\n', '').replace('newTag: latest', 'newTag: "1.10"'),
  );
  expect(textOf(after.get(recordPath) ?? textFile(''), recordPath)).toBe(
    `# Written by Luban CI with every deployment. Not a manifest; the file beside it is what counts.
version: "1"
images:
  ${image}:
    key: key-1
    at: "2026-01-02T03:04:01Z"
    order: "2026-01-02T03:04:01Z"
    sourceRepository: https://git.example/payment/cart-service.git
    sourceCommit: "${'1'.repeat(40)}"
    tag: "1.10"
    digest: ${digest}
`,
  );
});

test('a second deployment changes one line of the file', () => {
  const first = apply(setImage({ provenance: asked(1) }), files(scaffold)).after;

  const second = apply(setImage({ to: { tag: 'v2' }, provenance: asked(2) }), first).after;

  expect(textOf(second.get(path) ?? textFile(''), path)).toBe(
    textOf(first.get(path) ?? textFile(''), path).replace('newTag: v1', 'newTag: v2'),
  );
});

test('the same request again, and the same version asked for again, change nothing', () => {
  const first = apply(setImage({ provenance: asked(1) }), files(scaffold)).after;

  expect(apply(setImage({ provenance: asked(1) }), first).outcome).toEqual({
    outcome: 'unchanged',
    why: 'same request',
    notes: [],
  });
  expect(apply(setImage({ provenance: asked(2, '1'.repeat(40)) }), first).outcome).toEqual({
    outcome: 'unchanged',
    why: 'same content',
    notes: [],
  });
});

test('an older build does not replace a newer one, unless asked to', () => {
  const newer = apply(setImage({ to: { tag: 'v2' }, provenance: asked(2) }), files(scaffold)).after;

  const older = apply(setImage({ provenance: asked(1) }), newer).outcome;
  const forced = apply(setImage({ provenance: asked(1), allowDowngrade: true }), newer);
  const late = apply(
    setImage({ to: { tag: 'v2' }, provenance: { ...asked(2), key: 'retried' } }),
    forced.after,
  ).outcome;

  expect(older).toMatchObject({ outcome: 'superseded', by: { tag: 'v2', order: '2026-01-02T03:04:02Z' } });
  expect(forced.outcome).toMatchObject({ outcome: 'changed', notes: [expect.stringContaining('replaced on purpose')] });
  expect(textOf(forced.after.get(recordPath) ?? textFile(''), '')).toContain('downgrade: "true"');
  expect(late.outcome).toBe('superseded');
});

test('a tag without a digest takes an old digest away, which would win over it', () => {
  const text = `images:\n- name: ${image}\n  newTag: v0\n  digest: ${digest}\n`;

  expect(textAfter(setImage({}), text)).toBe(`images:\n- name: ${image}\n  newTag: v1\n`);
  expect(textAfter(setImage({ to: { digest: digest.replaceAll('ab', 'cd') } }), text)).toBe(
    `images:\n- name: ${image}\n  digest: ${digest.replaceAll('ab', 'cd')}\n`,
  );
});

test('tag and digest are both written, or only the lines that the entry has', () => {
  const text = `images:\n- name: ${image}\n  newTag: v0\n`;

  expect(textAfter(setImage({ to: { tag: 'v1', digest } }), text)).toBe(
    `images:\n- name: ${image}\n  newTag: v1\n  digest: ${digest}\n`,
  );
  expect(textAfter(setImage({ to: { tag: 'v1', digest }, pin: 'as-listed' }), text)).toBe(
    `images:\n- name: ${image}\n  newTag: v1\n`,
  );
});

test('an image that is not listed is appended, skipped or refused, as asked', () => {
  expect(textAfter(setImage({}), 'resources:\n- a\n')).toBe(
    `resources:\n- a\nimages:\n- name: ${image}\n  newTag: v1\n`,
  );
  expect(textAfter(setImage({}), 'images: []\n')).toBe(`images: [{name: ${image}, newTag: v1}]\n`);
  expect(apply(setImage({ whenAbsent: 'skip' }), files('not: [parsed')).outcome.outcome).toBe('unchanged');
  expect(() => apply(setImage({ whenAbsent: 'refuse' }), files('a: b\n'))).toThrow(/does not list the image/);
});

test('an entry that renames a short name to the image is that image, and keeps its name', () => {
  const text = `images:\n- name: app\n  newName: ${image}\n  newTag: v0\n`;

  expect(textAfter(setImage({ provenance: asked(1) }), text)).toBe(text.replace('v0', 'v1'));
});

test('entries of the same name all get the version, because kustomize applies the last', () => {
  const text = `images:\n- name: ${image}\n  newTag: v0\n- name: ${image}\n  newTag: v00\n`;

  expect(textAfter(setImage({}), text)).toBe(text.replaceAll(/v0+/g, 'v1'));
});

test('a new name is written where it is asked for', () => {
  expect(textAfter(setImage({ newName: 'mirror.example/cart', provenance: asked(1) }), scaffold)).toBe(
    scaffold.replace('quay.io/somebody/hello-world', 'mirror.example/cart').replace('latest', 'v1'),
  );
});

test('what cannot be used is refused with a name and a place', () => {
  expect(() => apply(setImage({ folder: 'app/overlays/xyz' }), files(scaffold))).toThrow(
    'app/overlays/xyz has no kustomization.yaml',
  );
  expect(() => apply(setImage({ provenance: asked(1) }), files(scaffold, 'version: 2\n'))).toThrow(
    'app/overlays/snd/.luban is not a deployment record',
  );
  expect(() => apply(setImage({}), files('images: [\n'))).toThrow(/kustomization\.yaml:\d+:\d+ is not valid YAML/);
  expect(() => parseEdit(setImage({ folder: '../x', image: '$(id)' }))).toThrow(/cannot be used/);
});
