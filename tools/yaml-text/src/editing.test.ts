import { expect, test } from 'vitest';
import { appendItem } from './append-item.ts';
import { insertEntry } from './insert-entry.ts';
import { removeEntry } from './remove-entry.ts';
import { setScalar } from './set-scalar.ts';
import { parseYaml, type YamlFile } from './yaml-file.ts';

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
