import { expect, test } from 'vitest';
import { authorizationFor, joinNetrc, parseNetrc } from './netrc.ts';

const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;

test('files without a line end at their end stay apart, with the line ends of any system', () => {
  expect(joinNetrc(['machine a login x password p', 'machine b\r\n  login y password q\r\n'])).toBe(
    'machine a login x password p\nmachine b\n  login y password q\n',
  );
});

test('a host takes its own login, then the default; a password may be any word, also one of the format', () => {
  const logins = parseNetrc(
    '# mirrors\nmachine a.example\n login machine\n password default\ndefault login x password y',
  );

  const answers = ['https://a.example/x', 'https://b.example/x'].map((url) => authorizationFor(new URL(url), logins));

  expect(answers).toEqual([basic('machine:default'), basic('x:y')]);
});

test('without a default, a host that is not named gets nothing', () => {
  expect(authorizationFor(new URL('https://b.example'), parseNetrc('machine a login x password y'))).toBeUndefined();
});
