import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyEdit, parseEdit } from './edit.ts';
import { type Files, textFile, textOf, withChanges } from './files.ts';
import { readImages } from './kustomization.ts';

const path = 'kustomization.yaml';
const wantedImage = 'registry.example:5000/team/app';
const mark = '\u0001';

/** Ways to write a scalar that all mean `value`. */
function spelling(value: string): fc.Arbitrary<string> {
  const plain = /^[A-Za-z][\w./:-]*$/.test(value) ? [value] : [];
  return fc.constantFrom(...plain, `"${value}"`, `'${value}'`);
}

const tag = fc.constantFrom(
  'v1.2.3',
  '1.10',
  'latest',
  '0x1f',
  '2026-01-01',
  'on',
  '1e3',
  '007',
  'abc-1',
  '1_000',
  'null',
);
const trailer = fc.constantFrom('', ' # keep me', '   #', ' # on: yes');
const filler = fc.constantFrom('', '\n', '# a comment: [x\n', '\n# two\n\n');

/** One entry that is to be edited or not; the place of the tag that an edit may touch is between two marks. */
function entry(name: string, isTarget: boolean): fc.Arbitrary<{ block: string[]; flow: string }> {
  const shape = fc.record({
    name: spelling(name),
    tag: tag.chain(spelling),
    after: trailer,
    first: fc.boolean(),
    gap: filler,
  });
  return shape.map((given) => {
    const value = isTarget ? `${mark}${given.tag}${mark}` : given.tag;
    const lines = [`name: ${given.name}${given.after}`, `newTag: ${value}${given.after}`];
    const block = given.first ? lines : lines.toReversed();
    return {
      block: [given.gap, ...block],
      flow: `{${lines.map((line) => line.split(' #')[0]?.trimEnd()).join(', ')}}`,
    };
  });
}

/** A whole kustomization, with marks around what one edit of the tag of `wantedImage` may change. */
const marked = fc
  .record({
    start: fc.constantFrom('', '\ufeff', '---\n', '\ufeff# hello\n---\n', '# hello\n\n'),
    before: filler,
    anchor: fc.constantFrom('', 'commonLabels: &labels {a: b}\ncommonAnnotations: *labels\n'),
    others: fc.array(
      fc.constantFrom('a', 'other/app', `${wantedImage}-2`, 'x:5/y').chain((name) => entry(name, false)),
      { maxLength: 3 },
    ),
    target: entry(wantedImage, true),
    at: fc.nat(3),
    style: fc.constantFrom('block', 'indented', 'flow items', 'flow'),
    dash: fc.constantFrom('- ', '-   '),
    tail: fc.constantFrom('', 'namespace: x\n', '# the end\n', 'namespace: "on" # the end\n...\n'),
    newline: fc.constantFrom('\n', '\r\n'),
    endsWithNewline: fc.boolean(),
  })
  .map((given) => {
    const entries = given.others.toSpliced(given.at, 0, given.target);
    const text = `${given.start}${given.before}${given.anchor}resources:\n${given.style === 'indented' ? '  ' : ''}- ../base\n${imagesText(entries, given)}${given.tail}`;
    const ended = given.endsWithNewline ? text : text.replace(/\n$/, '');
    return ended.replaceAll('\n', given.newline);
  });

function imagesText(
  entries: { block: string[]; flow: string }[],
  { style, dash }: { style: string; dash: string },
): string {
  if (style === 'flow') return `images: [${entries.map(({ flow }) => flow).join(', ')}]\n`;
  if (style === 'flow items') return `images:\n${entries.map(({ flow }) => `${dash}${flow}\n`).join('')}`;
  const indent = style === 'indented' ? '  ' : '';
  const items = entries.map(({ block: [gap = '', first, second] }) => {
    return `${gap}${indent}${dash}${first}\n${indent}${' '.repeat(dash.length)}${second}\n`;
  });
  return `images: # all\n${items.join('')}`;
}

function setTag(text: string, to: string, image = wantedImage): string {
  const files: Files = new Map([[path, textFile(text)]]);
  const edit = parseEdit({ kind: 'kustomize-set-image', version: 1, folder: '', image, to: { tag: to } });
  const outcome = applyEdit(edit, files);
  const after = outcome.outcome === 'changed' ? withChanges(files, outcome.changes) : files;
  return textOf(after.get(path) ?? textFile(''), path);
}

const newTag = fc.constantFrom('v9.9.9', '1.20', 'off', '2027-02-02', '0b11', '12_0', 'sha-0a1b');

test('setting a tag leaves every byte outside that scalar as it was', () => {
  const property = fc.property(marked, newTag, (text, to) => {
    const [before = '', , after = ''] = text.split(mark);

    const edited = setTag(text.replaceAll(mark, ''), to);

    expect(edited.slice(0, before.length)).toBe(before);
    expect(edited.slice(edited.length - after.length)).toBe(after);
    expect(edited.slice(before.length, edited.length - after.length)).toMatch(
      new RegExp(`^(["']?)${to.replaceAll('.', '\\.')}\\1$`),
    );
  });

  fc.assert(property, { numRuns: 100 });
});

test('setting a tag twice is setting it once, and it is read back as that text', () => {
  const property = fc.property(marked, newTag, (text, to) => {
    const once = setTag(text.replaceAll(mark, ''), to);

    expect(setTag(once, to)).toBe(once);
    expect(readImages(once, path).filter(({ name }) => name === wantedImage)).toEqual([
      { name: wantedImage, newTag: to },
    ]);
  });

  fc.assert(property, { numRuns: 100 });
});

test('appending an image only adds: what was there is still there, in order', () => {
  const property = fc.property(marked, newTag, (text, to) => {
    const before = text.replaceAll(mark, '');
    const images = readImages(before, path);

    const after = setTag(before, to, 'appended/image');

    expect(readImages(after, path)).toEqual([...images, { name: 'appended/image', newTag: to }]);
    expect(isSubsequence(before, after)).toBe(true);
    expect(setTag(after, to, 'appended/image')).toBe(after);
  });

  fc.assert(property, { numRuns: 100 });
});

function isSubsequence(part: string, whole: string): boolean {
  let at = 0;
  for (const char of whole) if (char === part[at]) at += 1;
  return at === part.length;
}
