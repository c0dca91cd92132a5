import { expect, test } from 'vitest';
import {
  movedHeads,
  nextSeenHeads,
  parseSeenHeads,
  pushableHeads,
  seenSince,
  serialiseSeenHeads,
} from './seen-heads.ts';

const [old, recent] = ['a'.repeat(40), 'b'.repeat(40)];
const [main, feature, tag] = ['refs/heads/main', 'refs/heads/feat/x', 'refs/tags/v1'];
const since = '2026-01-02T03:04:05.000Z';
const later = '2026-01-02T03:14:05.000Z';

test('branches and tags are looked at, and no other ref of a forge, nor a name that a workflow would read as its own', () => {
  const hostile = ['refs/heads/{{workflow.uid}}', `refs/heads/${'x'.repeat(300)}`];
  const refs = ['HEAD', main, 'refs/pull/1/head', 'refs/merge-requests/1/head', ...hostile, tag].map((ref) => ({
    ref,
    commit: old,
  }));

  expect(pushableHeads(refs).map(({ ref }) => ref)).toEqual([main, tag]);
});

test('a head has moved when it is new, or where it was not', () => {
  const seen = { heads: { [main]: old, [tag]: old, 'refs/heads/gone': old }, waiting: {} };
  const found = [
    { ref: main, commit: recent },
    { ref: tag, commit: old },
    { ref: feature, commit: old },
  ];

  expect(movedHeads(found, seen)).toEqual([
    { ref: main, commit: recent },
    { ref: feature, commit: old },
  ]);
});

test('a head is waited for since it was first seen where it is', () => {
  const seen = { heads: {}, waiting: { [main]: { commit: recent, since } } };

  expect(seenSince(seen, { ref: main, commit: recent }, later)).toBe(since);
  expect(seenSince(seen, { ref: main, commit: old }, later)).toBe(later);
});

test('what is settled is remembered, what waits stays where it was, what is gone is forgotten', () => {
  const before = { heads: { [main]: old, [tag]: old }, waiting: {} };
  const waiting = { [main]: { commit: recent, since }, [feature]: { commit: recent, since } };
  const found = [main, feature].map((ref) => ({ ref, commit: recent }));

  expect(nextSeenHeads(found, before, waiting)).toEqual({ heads: { [main]: old }, waiting });
  expect(nextSeenHeads(found, before, {})).toEqual({ heads: { [main]: recent, [feature]: recent }, waiting: {} });
});

test('what is remembered is the same text for the same heads, and what nobody can read is nothing', () => {
  const seen = { heads: { [tag]: old, [main]: recent }, waiting: { [main]: { commit: old, since } } };

  expect(parseSeenHeads(serialiseSeenHeads(seen))).toEqual(seen);
  expect(serialiseSeenHeads(seen)).toBe(serialiseSeenHeads({ ...seen, heads: { [main]: recent, [tag]: old } }));
  expect([undefined, '', '{', '{"heads":[]}'].map(parseSeenHeads)).toEqual(Array(4).fill(undefined));
});
