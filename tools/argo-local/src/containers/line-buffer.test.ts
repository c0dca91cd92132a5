import { expect, it } from 'vitest';
import { createLineBuffer } from './line-buffer.ts';

it('passes whole lines on, and at the end what is left', () => {
  const passed: string[] = [];
  const buffer = createLineBuffer((text) => passed.push(text));

  for (const chunk of ['one\ntw', 'o', '\nthree\nf', 'our']) buffer.add(chunk);
  buffer.end();
  buffer.end();

  expect(passed).toEqual(['one\n', 'two\nthree\n', 'four']);
});
