import { expect, test } from 'vitest';
import { valueOfText } from './text-value.ts';

test.each([
  ['number', '12', 12],
  ['number', '-1.5', -1.5],
  ['number', '0x10', '0x10'],
  ['number', 'many', 'many'],
  ['boolean', 'Yes', true],
  ['boolean', 'no', false],
  ['boolean', 'on', 'on'],
  ['list', '["a,b","c"]', ['a,b', 'c']],
  ['list', 'a, b\nc', ['a', 'b', 'c']],
  ['list', '[broken', '[broken'],
  ['map', '{"a":"1"}', { a: '1' }],
  ['map', 'a=1=2,b=', { a: '1=2', b: '' }],
  ['map', 'a', 'a'],
  ['text', '12', '12'],
] as const)('as a %s, %j is read as %j', (kind, text, value) => {
  expect(valueOfText({ kind }, text)).toEqual(value);
});
