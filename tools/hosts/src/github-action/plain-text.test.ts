import { expect, test } from 'vitest';
import { htmlText, plainText } from './plain-text.ts';

test.each(['Deploy cart-service', 'a::b', '12:00::error::no', '#[x]'])('%j is told as it is', (text) => {
  expect(plainText(text)).toBe(text);
});

test.each(['::error::not ours', '  ::add-mask::a', 'first\n::stop-commands::b', 'built ##[error]no'])(
  '%j is no command of ours, so it is told while commands are stopped',
  (text) => {
    const [begin, ...rest] = plainText(text).split('\n');

    const [, name] = /^::stop-commands::([0-9a-f-]{36})$/.exec(begin ?? '') ?? [];
    expect(rest).toEqual([...text.split('\n'), `::${name}::`]);
  },
);

test('text between tags has no tags', () => {
  expect(htmlText('<b> & </code>')).toBe('&lt;b&gt; &amp; &lt;/code&gt;');
});
