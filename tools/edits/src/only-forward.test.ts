import fc from 'fast-check';
import { expect, test } from 'vitest';
import { judge, repositoryIdentity } from './only-forward.ts';
import { compareOrder, OrderKey } from './order-key.ts';
import type { Provenance } from './provenance.ts';
import { parseRecord, type RecordEntry, serialiseRecord } from './record.ts';

const source = 'https://git.example/team/app.git';

function asked(order: string | undefined, given: Partial<Provenance> = {}): Provenance {
  const known = order === undefined ? {} : { order };
  return {
    key: `of ${order}`,
    at: '2026-01-02T03:04:05Z',
    sourceRepository: source,
    sourceCommit: 'a'.repeat(40),
    ...known,
    ...given,
  };
}

const early = '2026-01-02T03:04:05Z';
const late = '2026-01-02T03:04:06.5Z';
const inPlace: RecordEntry = { ...asked(late), tag: 'v2' };

test('newer goes, older is superseded, the same request is done', () => {
  expect(judge({ ...inPlace, order: early }, asked(late, { key: 'new' }), false)).toEqual({
    verdict: 'go',
    notes: [],
    downgrade: false,
  });
  expect(judge(inPlace, asked(early), false)).toEqual({ verdict: 'superseded', by: inPlace });
  expect(judge(inPlace, asked(late), false)).toEqual({ verdict: 'same request' });
  expect(judge(inPlace, asked(early), true)).toMatchObject({ verdict: 'go', downgrade: true });
});

test('what has no order key, no record or another source goes, and that is said', () => {
  const notes = [
    judge(undefined, asked(early), false),
    judge(inPlace, asked(undefined), false),
    judge({ tag: 'v2', key: 'x' }, asked(early), false),
    judge(inPlace, asked(early, { sourceRepository: 'https://git.example/other/app' }), false),
  ].map((verdict) => (verdict.verdict === 'go' ? verdict.notes.length : verdict.verdict));

  expect(notes).toEqual([1, 1, 1, 1]);
});

test('one repository has many spellings', () => {
  const spellings = [
    source,
    'https://GIT.example/team/app/',
    'git@git.example:team/app.git',
    'ssh://git@git.example:22/team/app',
  ];

  expect(new Set(spellings.map(repositoryIdentity))).toEqual(new Set(['git.example/team/app']));
});

test('in whatever order requests arrive, the newest is what stays', () => {
  const requests = fc.uniqueArray(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.constantFrom('a', 'b', 'c')), {
    minLength: 1,
    selector: ([at, commit]) => `${at}${commit}`,
  });
  const property = fc.property(requests, fc.infiniteStream(fc.nat()), (all, picks) => {
    const builds = all.map(([at, commit]) =>
      asked(`2026-01-02T03:04:0${at}Z`, { key: `${at}${commit}`, sourceCommit: commit.repeat(40) }),
    );
    const arriving = builds
      .map((build) => ({ build, rank: picks.next().value ?? 0 }))
      .toSorted((x, y) => x.rank - y.rank);

    const left = arriving.reduce<RecordEntry | undefined>((entry, { build }) => {
      return judge(entry, build, false).verdict === 'go' ? build : entry;
    }, undefined);

    const newest = builds.toSorted((x, y) => (x.key < y.key ? 1 : -1))[0];
    expect(left).toEqual(newest);
  });

  fc.assert(property);
});

test('a time is the same time however precisely it is written', () => {
  expect(compareOrder('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.000Z')).toBe(0);
  expect(compareOrder('2026-01-02T03:04:05Z', '2026-01-02T03:04:05.1Z')).toBe(-1);
  expect(
    ['2026-01-02', '2026-13-02T03:04:05Z', '2026-01-02T03:04:05+01:00'].filter(
      (text) => OrderKey().safeParse(text).success,
    ),
  ).toEqual([]);
});

test('a record is the same bytes whatever order it was built in, and keeps fields of newer versions', () => {
  const entries = { 'b/c': { ...inPlace, later: 'field' }, 'a/b': { ...asked(early), tag: '1.10' } };
  const text = serialiseRecord({ images: entries });

  const read = parseRecord(text, '.luban');

  expect(read).toEqual({ images: entries });
  expect(serialiseRecord(read)).toBe(text);
  expect(serialiseRecord({ images: Object.fromEntries(Object.entries(entries).reverse()) })).toBe(text);
});
