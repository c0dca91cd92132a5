import { expect, test } from 'vitest';
import { appendBlockItem, removeItem } from './block-list.ts';
import { parseYaml } from './yaml-file.ts';

const open = (text: string) => parseYaml(text, 'workspace.yaml');
const appended = (text: string): string => appendBlockItem(open(text), ['l'], { name: 'b' }).text;
const removed = (text: string, at = 0): string => removeItem(open(text), ['l'], at).text;

test('an empty list grows by lines, and comments and other lists say how', () => {
  expect(appended('# all\nl: [] # none\nz: 1\n')).toBe('# all\nl: # none\n- name: b\nz: 1\n');
  expect(appended('a:\n  - 1\nl: []')).toBe('a:\n  - 1\nl:\n  - name: b');
  expect(appended('\ufeffl: [ ]\r\nz: 1\r\n')).toBe('\ufeffl:\r\n- name: b\r\nz: 1\r\n');
  expect(appended('l:\n  - name: a\n')).toBe('l:\n  - name: a\n  - name: b\n');
  expect(appended('{l: []}\n')).toBe('{l: [{name: b}]}\n');
});

test('the last item leaves an empty list, and a comment above it stays', () => {
  expect(removed('# all\nl:\n  - name: a\n    port: 1\nz: 1\n')).toBe('# all\nl: []\nz: 1\n');
  expect(removed('l:\n  # first\n  - name: a\n# end\n')).toBe('l:\n  # first\n  []\n# end\n');
  expect(removed('l:\r\n- name: a')).toBe('l: []');
  expect(removed('l:\n- name: a\n- name: b\n', 1)).toBe('l:\n- name: a\n');
  expect(removed('l: [{name: a}]\n')).toBe('l: []\n');
});

test('what was added to an empty list and taken out again leaves the bytes that were there', () => {
  const text = '# The code locations.\nl: []\n\nother: x\n';

  expect(removeItem(appendBlockItem(open(text), ['l'], { name: 'b' }), ['l'], 0).text).toBe(text);
});

test('a list that is shared is refused', () => {
  expect(() => appended('l: &all []\nm: *all\n')).toThrow(/anchor &all/);
  expect(() => removed('m: 1\n')).toThrow('workspace.yaml has no list as l');
});
