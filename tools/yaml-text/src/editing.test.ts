import { StepError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { appendItem } from './append-item.ts';
import { insertEntry } from './insert-entry.ts';
import { removeEntry } from './remove-entry.ts';
import { setBlockText } from './set-block-text.ts';
import { setScalar, setScalars } from './set-scalar.ts';
import { dataOf, parseYaml, type YamlFile } from './yaml-file.ts';

const open = (text: string): YamlFile => parseYaml(text, 'app/kustomization.yaml');

test('a scalar is replaced in its own quotes, and nothing else moves', () => {
  const text = '\ufeff# top\r\n---\r\na:   "1"   # keep\r\n\r\nb: \'2\'\r\nc: 3';

  const results = (['a', 'b', 'c'] as const).map((key) => setScalar(open(text), [key], 'new').text);

  expect(results).toEqual([text.replace('"1"', '"new"'), text.replace("'2'", "'new'"), text.replace('c: 3', 'c: new')]);
});

test('a plain scalar is quoted only when its new value would be read as something else', () => {
  const texts = ['v1.2.3', '1.10', '12ab34', 'on', '2026-01-01'].map(
    (value) => setScalar(open('tag: a\n'), ['tag'], value).text,
  );

  expect(texts).toEqual(['tag: v1.2.3\n', 'tag: "1.10"\n', 'tag: 12ab34\n', 'tag: "on"\n', 'tag: "2026-01-01"\n']);
});

test('setting what stands there already changes nothing, unless it was not text', () => {
  const same = open('tag: "1.10"\n');

  expect(setScalar(same, ['tag'], '1.10')).toBe(same);
  expect(setScalar(open('tag: 1.10\n'), ['tag'], '1.10').text).toBe('tag: "1.10"\n');
});

test('empty values, block scalars, tags and values of a flow map can be set', () => {
  expect(setScalar(open('tag: # none yet\nz: 1\n'), ['tag'], 'v1').text).toBe('tag: v1 # none yet\nz: 1\n');
  expect(setScalar(open('tag: |-\n  v0\nz: 1\n'), ['tag'], 'v1').text).toBe('tag: v1\nz: 1\n');
  expect(setScalar(open('tag: !!str 1.10\n'), ['tag'], 'v1').text).toBe('tag: !!str v1\n');
  expect(setScalar(open('i: [{a: x, t: v0}]\n'), ['i', 0, 't'], 'v1').text).toBe('i: [{a: x, t: v1}]\n');
});

test('an alias is written out in its place, and what others refer to is refused', () => {
  const shared = 'one: &tag v1\ntwo: *tag\n';

  expect(setScalar(open(shared), ['two'], 'v2').text).toBe('one: &tag v1\ntwo: v2\n');
  expect(() => setScalar(open(shared), ['one'], 'v2')).toThrow(
    'app/kustomization.yaml:1 cannot be edited: it is shared with other places through the anchor &tag',
  );
  expect(() => setScalar(open('a: &m {t: v1}\nb: *m\n'), ['b', 't'], 'v2')).toThrow(/anchor &m/);
  expect(setScalar(open('one: &tag v1\n'), ['one'], 'v2').text).toBe('one: &tag v2\n');
});

test('an entry is added the way its map is written', () => {
  const added = (text: string, path: (string | number)[]): string =>
    insertEntry(open(text), path, 'digest', 'sha256:ab').text;

  expect(added('i:\n  - name: a\n    newTag: v1 # now\n    # old\n\n# end\n', ['i', 0])).toBe(
    'i:\n  - name: a\n    newTag: v1 # now\n    # old\n    digest: sha256:ab\n\n# end\n',
  );
  expect(added('i:\r\n- name: a', ['i', 0])).toBe('i:\r\n- name: a\r\n  digest: sha256:ab');
  expect(added('i: [{ name: a }]\n', ['i', 0])).toBe('i: [{ name: a, digest: sha256:ab }]\n');
  expect(added('a: {}\n', ['a'])).toBe('a: {digest: sha256:ab}\n');
});

test('a list is added with the indentation that other lists of the file have', () => {
  const value = [{ name: 'r/app', newTag: '1.10' }];

  expect(insertEntry(open('resources:\n  - a\n# - b\n'), [], 'images', value).text).toBe(
    'resources:\n  - a\n# - b\nimages:\n  - name: r/app\n    newTag: "1.10"\n',
  );
  expect(insertEntry(open('\ufeffresources:\r\n- a'), [], 'images', value).text).toBe(
    '\ufeffresources:\r\n- a\r\nimages:\r\n- name: r/app\r\n  newTag: "1.10"',
  );
  expect(insertEntry(open('# nothing yet\n'), [], 'images', value).text).toBe(
    '# nothing yet\nimages:\n- name: r/app\n  newTag: "1.10"\n',
  );
});

test('an item is appended the way the list is written', () => {
  const item = { name: 'b', newTag: 'v2' };
  const appended = (text: string): string => appendItem(open(text), ['i'], item).text;

  expect(appended('i:\n-   name: a\n    newTag: v1\n# - commented\nz: 1\n')).toBe(
    'i:\n-   name: a\n    newTag: v1\n# - commented\n-   name: b\n    newTag: v2\nz: 1\n',
  );
  expect(appended('i:\n  - {name: a, newTag: v1}\nz: 1\n')).toBe(
    'i:\n  - {name: a, newTag: v1}\n  - {name: b, newTag: v2}\nz: 1\n',
  );
  expect(appended('i: [{name: a}]\n')).toBe('i: [{name: a}, {name: b, newTag: v2}]\n');
  expect(appended('i: []\n')).toBe('i: [{name: b, newTag: v2}]\n');
  expect(appended('i:\nz: 1\n')).toBe('i:\n- name: b\n  newTag: v2\nz: 1\n');
});

test('an entry is removed with its line, wherever it stands', () => {
  const removed = (text: string, path: (string | number)[]): string => removeEntry(open(text), path).text;

  expect(removed('i:\n- newName: x # alias\n  name: a\n', ['i', 0, 'newName'])).toBe('i:\n- name: a\n');
  expect(removed('i:\n- name: a\n  newName: x # alias\n  newTag: v\n', ['i', 0, 'newName'])).toBe(
    'i:\n- name: a\n  newTag: v\n',
  );
  expect(removed('i:\r\n- name: a\r\n  newName: x', ['i', 0, 'newName'])).toBe('i:\r\n- name: a');
  expect(removed('i: [{name: a, newName: x, newTag: v}]\n', ['i', 0, 'newName'])).toBe('i: [{name: a, newTag: v}]\n');
  expect(removed('i:\n- name: a\n- name: b\n- name: c\n', ['i', 0])).toBe('i:\n- name: b\n- name: c\n');
  expect(removed('i: {a: 1, b: 2}\n', ['i', 'a'])).toBe('i: {b: 2}\n');
  expect(() => removed('i:\n- name: a\n', ['i', 0, 'name'])).toThrow(/left with nothing/);
});

test('a document of several is edited alone', () => {
  const text = '---\ntag: a\n---\ntag: a\n...\n';

  expect(setScalar(open(text), ['tag'], 'b', 1).text).toBe('---\ntag: a\n---\ntag: b\n...\n');
});

test('a file with a syntax error or a key that stands twice is refused with its place', () => {
  expect(() => open('a: 1\n b: [\n')).toThrow(/^app\/kustomization\.yaml:\d+:\d+ is not valid YAML: /);
  expect(() => open('a: 1\na: 2\n')).toThrow('app/kustomization.yaml:2:1 is not valid YAML: Map keys must be unique');
});

test('a layout that a splice would change is refused, not guessed at', () => {
  expect(() => insertEntry(open('? a\n: 1\n'), [], 'b', 'x')).toThrow(/laid out in a way that cannot be edited/);
});

test('several scalars are set at once, numbers and booleans without quotes', () => {
  const text = 'a: 1 # one\nb: \'x\'\nc: "3"\nd: {e: false}\n';

  const edited = setScalars(open(text), [
    { path: ['d', 'e'], value: true },
    { path: ['a'], value: 2 },
    { path: ['b'], value: 'y' },
    { path: ['c'], value: 4 },
  ]);

  expect(edited.text).toBe("a: 2 # one\nb: 'y'\nc: 4\nd: {e: true}\n");
  expect(setScalars(edited, [{ path: ['a'], value: 2 }])).toBe(edited);
});

test('what an anchor shares is changed where it is written when all that share it are to change alike', () => {
  const text = 'x: &x {image: {tag: v1}}\na: *x\nb:\n  <<: *x\n  c: 1\none: &t v1\ntwo: *t\n';
  const paths = [['x'], ['a'], ['b', '<<']].map((path) => ({ path: [...path, 'image', 'tag'], value: 'v2' }));
  const all = [...paths, { path: ['one'], value: 'v3' }, { path: ['two'], value: 'v3' }];

  expect(setScalars(open(text), all).text).toBe(text.replace('tag: v1', 'tag: v2').replace('&t v1', '&t v3'));
  expect(() => setScalars(open(text), paths.slice(0, 2))).toThrow(/anchor &x/);
  expect(() => setScalars(open(text), [{ path: ['a', 'image', 'tag'], value: 'v2' }])).toThrow(/anchor &x/);
});

test('a value with a tag of its own type is refused, because only its owner knows what it becomes', () => {
  expect(() => setScalar(open('image: !Sub "app:${Tag}"\nb: !reference [x, y]\n'), ['image'], 'app:v1')).toThrow(
    'app/kustomization.yaml:1 has a value of the type !Sub as image, which is not text',
  );
});

test('a text inside a literal block is changed in its own characters', () => {
  const text = '\ufeffv: # y\r\n  s: |2- # t\r\n      image:  v1 # now\r\n\r\n     b: 1\r\n  z: 1';
  const before = '  image:  v1 # now\n\n b: 1';

  const [one, two] = [before.replace('v1', 'v2').replace('b: 1', 'b: 2'), before.replace('b: 1', 'b: 1\n c: 2')];

  expect(setBlockText(open(text), ['v', 's'], one).text).toBe(text.replace('v1', 'v2').replace('b: 1', 'b: 2'));
  expect(setBlockText(open(text), ['v', 's'], two).text).toBe(text.replace('b: 1\r\n', 'b: 1\r\n     c: 2\r\n'));
  expect(() => setBlockText(open('a: >-\n  b: 1\n'), ['a'], 'b: 2')).toThrow(/form that cannot be edited in place/);
});

test('JSON stays JSON: quotes, indentation, escapes and a missing newline at the end', () => {
  const text = '{\n\t"image": "a\\/b:\\u0031",\n\t"n": null,\n\t"list": [\n\t\t{"a": 1}\n\t]\n}';
  const json = parseYaml(text, 'values.json');

  expect(setScalar(json, ['n'], 'v1').text).toBe(text.replace('null', '"v1"'));
  expect(setScalar(json, ['list', 0, 'a'], 2).text).toBe(text.replace('"a": 1', '"a": 2'));
  expect(insertEntry(json, [], 'tag', '1.10').text).toBe(text.replace('\t]\n', '\t],\n\t"tag": "1.10"\n'));
  expect(appendItem(json, ['list'], { b: 'c' }).text).toBe(text.replace('1}', '1},\n\t\t{"b":"c"}'));
  expect(() => parseYaml('{a: 1}', 'values.json')).toThrow(/^values\.json is not valid JSON: /);
});

test('what is nested without end is refused, not a crash', () => {
  expect(() => dataOf(open('['.repeat(50_000)))).toThrow(StepError);
  expect(() => dataOf(open(`${'[ '.repeat(9_000)}${' ]'.repeat(9_000)}`))).toThrow(StepError);
});

test('a quoted text that goes back to the left is read as libyaml reads it, and edited around', () => {
  const text = "spec:\n  image: a:1\n  args: [\"\n    echo 'a: b' &&\n  \"]\n  other: 'x\n\n  y'\n";

  expect(setScalar(open(text), ['spec', 'image'], 'a:2').text).toBe(text.replace('a:1', 'a:2'));
  expect(dataOf(open(text))).toEqual({ spec: { image: 'a:1', args: [" echo 'a: b' && "], other: 'x\ny' } });
  expect(() => open('a: "b\nc: d\n')).toThrow(/is not valid YAML: Missing closing/);
});

test('an anchor that contains itself is refused', () => {
  expect(() => dataOf(open('a: &a {b: *a}\n'))).toThrow(
    'app/kustomization.yaml cannot be read: an anchor contains itself',
  );
});

test('an alias bomb and a template of YAML are refused in words', () => {
  const bomb = Array.from(
    { length: 12 },
    (_, at) => `a${at}: &a${at} [${at === 0 ? 'x' : `*a${at - 1}, *a${at - 1}, *a${at - 1}`}]`,
  );

  expect(() => dataOf(open(bomb.join('\n')))).toThrow(/cannot be read/);
  expect(() => open('a: 1\n{{- if .Values.b }}\nb: 2\n{{- end }}\n')).toThrow(
    expect.objectContaining({ hint: expect.stringContaining('It seems to be a template') }),
  );
});
