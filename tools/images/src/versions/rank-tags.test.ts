import { describe, expect, test } from 'vitest';
import { type RankedTags, rankTags } from './rank-tags.ts';
import { createTagFilter } from './tag-filter.ts';
import { byAlphabet, byNumber, bySemver, byTime } from './tag-order.ts';

const names = (ranked: RankedTags): string[] => [...ranked.bestFirst()].map(({ tag }) => tag);

describe('tags are ranked', () => {
  test('by version, with a reason for each that may not win', () => {
    const tags = ['1.4.0', 'latest', '1.10.0', '2.0.0', '1.11.0-rc.1', 'v1.9.9', '1.3', '1.2.0'];

    const ranked = rankTags(tags, bySemver('^1.4'));

    expect(names(ranked)).toEqual(['1.10.0', 'v1.9.9', '1.4.0']);
    expect(ranked.leftOut).toEqual([
      { why: 'a prerelease, and ^1.4 names none', count: 1, example: '1.11.0-rc.1' },
      { why: 'no semantic version', count: 2, example: '1.3' },
      { why: 'outside ^1.4', count: 2, example: '1.2.0' },
    ]);
    expect(names(rankTags(tags, bySemver('~1.3', true)))).toEqual(['1.3']);
  });

  test('by the alphabet and by number, in both directions, and numbers are never rounded', () => {
    const stamps = ['9007199254740993', '9007199254740992', '10', '9', '0010.5', '10.50', '1e9', 'x'];

    expect(names(rankTags(['b', 'a', 'c'], byAlphabet('ascending')))).toEqual(['c', 'b', 'a']);
    expect(names(rankTags(['b', 'a', 'c'], byAlphabet('descending')))).toEqual(['a', 'b', 'c']);
    expect(names(rankTags(stamps, byNumber('ascending')))).toEqual([
      ...['9007199254740993', '9007199254740992', '0010.5', '10.50', '10', '9'],
    ]);
    expect(names(rankTags(stamps, byNumber('descending')))[0]).toBe('9');
  });

  test('by number below zero, too, where a pattern takes one out', async () => {
    const filter = await createTagFilter({ pattern: '^t(.*)$', extract: '$1' });

    const ranked = rankTags(['t-2', 't-10', 't1', 't0', 't-0', 't-2.5'], byNumber('ascending'), filter);

    expect(names(ranked)).toEqual(['t1', 't-0', 't0', 't-2', 't-2.5', 't-10']);
  });

  test('by the time of their build', () => {
    const createdAt = new Map([
      ['a', 1],
      ['b', 3],
      ['c', 2],
    ]);

    const ranked = rankTags(['a', 'b', 'c', 'd'], byTime(createdAt));

    expect(names(ranked)).toEqual(['b', 'c', 'a']);
    expect(ranked.leftOut).toEqual([{ why: 'without a time at which it was built', count: 1, example: 'd' }]);
  });

  test('equals by their names, in whatever order a registry lists them', () => {
    const same = ['v1.0.0', '1.0.0', '1.0.0_x'];

    expect(names(rankTags(same, bySemver('1.x')))).toEqual(['1.0.0', 'v1.0.0']);
    expect(names(rankTags(same.toReversed(), bySemver('1.x')))).toEqual(['1.0.0', 'v1.0.0']);
  });

  test('by what a filter takes out of them, and the tag itself wins', async () => {
    const filter = await createTagFilter({ pattern: '^main-[a-f0-9]+-(?P<ts>[0-9]+)$', extract: '$ts' });
    const tags = ['main-ff-9', 'dev-00-99', 'main-00-10'];

    const ranked = rankTags(tags, byNumber('ascending'), filter);

    expect([...ranked.bestFirst()].map(({ tag, value }) => [tag, value])).toEqual([
      ['main-00-10', '10'],
      ['main-ff-9', '9'],
    ]);
    expect(ranked.leftOut).toEqual([{ why: 'not matched by the pattern', count: 1, example: 'dev-00-99' }]);
  });

  test('that no registry should list are counted and never named', () => {
    const hostile = ['\u001b[31m', '1.0.0\n2.0.0', 'x'.repeat(10_000), '１.0.0', '../1.0.0', '', '{{inputs}}'];

    const ranked = rankTags([...hostile, '1.0.0'], bySemver('*'));

    expect(names(ranked)).toEqual(['1.0.0']);
    expect(ranked.leftOut).toEqual([{ why: 'no tag by the rules of OCI', count: 7, example: undefined }]);
  });
});
