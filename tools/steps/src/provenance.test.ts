import { expect, test } from 'vitest';
import { authorFor } from './provenance.ts';

test.each([
  ['ada@example.com', 'ada', 'ada@example.com'],
  ['ada', 'ada', 'ada@users.noreply.luban-ci.io'],
  ['Ada Lovelace', 'Ada Lovelace', 'Ada-Lovelace@users.noreply.luban-ci.io'],
  ['@ada', '@ada', '-ada@users.noreply.luban-ci.io'],
])('%s is the author %s <%s>', (requestedBy, name, email) => {
  expect(authorFor({ requestedBy })).toEqual({ author: { name, email } });
});

test('nobody named is no author', () => {
  expect(authorFor({})).toEqual({});
});
