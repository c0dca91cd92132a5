import { expect, test } from 'vitest';
import { shownText, shownValues } from './shown-text.ts';

test.each([
  ['plain text', 'plain text'],
  ['two\r\nlines\u2028three', 'two lines three'],
  ['\u001b[31mred\u001b[0m', '[31mred [0m'],
  ['right\u202eleft\u2066', 'right left'],
  ['half a pair \ud83d of', 'half a pair   of'],
  ['żółć 🚀 漢字', 'żółć 🚀 漢字'],
  ['\u0000\u0007\u0085\u009b', ''],
])('%j is shown as %j', (text, shown) => {
  expect(shownText(text)).toBe(shown);
});

test('what has no end is cut, and what is not known is left out', () => {
  expect(shownText('x'.repeat(10_000))).toBe(`${'x'.repeat(300)}…`);
  expect(shownValues({ a: 'b\n', c: undefined })).toEqual({ a: 'b' });
});
