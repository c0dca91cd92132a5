import { readFile } from 'node:fs/promises';
import { InputError } from '@luban-ci/core';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { coerceVersion, compareVersions, parseVersion } from './semantic-version.ts';
import { parseRange, type VersionRange } from './version-range.ts';

/** What the library itself answers; printed by the Go program in `masterminds/`. */
const golden = z
  .object({
    library: z.string(),
    versions: z.array(z.string()),
    readable: z.string(),
    order: z.array(z.string()),
    ranges: z.record(z.string(), z.string()),
  })
  .parse(JSON.parse(await readFile(new URL('masterminds.generated.json', import.meta.url), 'utf8')));
const versions = golden.versions.map(coerceVersion);

describe(`as ${golden.library} answers`, () => {
  test('a text is a version, a version to Flux, or none', () => {
    const readable = golden.versions.map((text, at) => {
      if (parseVersion(text) !== undefined) return 's';
      return versions[at] === undefined ? '-' : 'c';
    });

    expect(readable.join('')).toBe(golden.readable);
  });

  test('any two versions are in this order', () => {
    const order = versions.map((left) =>
      versions.map((right) => {
        if (left === undefined || right === undefined) return '-';
        return '<=>'[compareVersions(left, right) + 1];
      }),
    );

    expect(order.map((row) => row.join(''))).toEqual(golden.order);
  });

  test('every range includes the same versions, or is none', () => {
    const included = Object.keys(golden.ranges).map((text) => [text, answers(text)]);

    expect(Object.fromEntries(included)).toEqual(golden.ranges);
  });
});

describe('a range', () => {
  const isIn = (range: VersionRange, text: string): boolean => {
    const version = parseVersion(text);
    return version !== undefined && range.includes(version);
  };

  test('takes no prerelease unless it names one', () => {
    const prerelease = parseVersion('1.3.0-rc.1');
    const range = parseRange('^1.2');

    expect([isIn(range, '1.3.0-rc.1'), isIn(parseRange('^1.2.0-0'), '1.3.0-rc.1')]).toEqual([false, true]);
    expect(prerelease !== undefined && range.includesAsRelease(prerelease)).toBe(true);
  });

  test('that is none is refused with its text, cut short', () => {
    expect(() => parseRange('one.two')).toThrow(InputError);
    expect(() => parseRange('!'.repeat(10_000))).toThrow(/^"!{120}" is no range of versions/);
  });

  test('of any shape is read without trying everything: otherwise this never ends', () => {
    const shapes = ['1  ', ' ', '1 - ', '1.', '||', '1.2.3-a.', '>=', '1 ,', 'x|'];

    const readable = shapes.map((shape) => readableWith(`${shape.repeat(Math.floor(500 / shape.length))}!`));

    expect(readable).toEqual(shapes.map(() => false));
  });
});

function answers(text: string): string {
  if (!readableWith(text)) return '';
  const range = parseRange(text);
  return versions.map((version) => (version === undefined ? '-' : range.includes(version) ? '1' : '0')).join('');
}

function readableWith(text: string): boolean {
  try {
    parseRange(text);
    return true;
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}
