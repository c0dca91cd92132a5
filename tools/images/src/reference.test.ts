import { InputError } from '@luban-ci/core';
import { describe, expect, test } from 'vitest';
import { formatReference, parseReference, parseRepository } from './reference.ts';
import { isTag, safeTag } from './tag.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;

describe('an image reference', () => {
  test.each([
    ['alpine', { registry: 'docker.io', path: 'library/alpine' }],
    ['alpine:3.20', { registry: 'docker.io', path: 'library/alpine', tag: '3.20' }],
    ['metasync/cart', { registry: 'docker.io', path: 'metasync/cart' }],
    ['docker.io/alpine', { registry: 'docker.io', path: 'library/alpine' }],
    ['index.docker.io/metasync/cart:1', { registry: 'docker.io', path: 'metasync/cart', tag: '1' }],
    ['localhost/x', { registry: 'localhost', path: 'x' }],
    ['localhost:5000/x', { registry: 'localhost:5000', path: 'x' }],
    ['localhost:5000', { registry: 'docker.io', path: 'library/localhost', tag: '5000' }],
    ['127.0.0.1:5000/a/b:v1', { registry: '127.0.0.1:5000', path: 'a/b', tag: 'v1' }],
    ['[::1]:5000/a/b', { registry: '[::1]:5000', path: 'a/b' }],
    ['Registry/cart', { registry: 'Registry', path: 'cart' }],
    [`ghcr.io/a/b@${digest}`, { registry: 'ghcr.io', path: 'a/b', digest }],
    [`ghcr.io/a/b:1@${digest}`, { registry: 'ghcr.io', path: 'a/b', tag: '1', digest }],
    ['quay.io/a__b/c-d--e/f.g', { registry: 'quay.io', path: 'a__b/c-d--e/f.g' }],
  ])('%s is read', (text, expected) => {
    expect(parseReference(text)).toEqual(expected);
  });

  test.each([
    ['docker.io/library/alpine:3.20', 'alpine:3.20'],
    [`ghcr.io/a/b:1@${digest}`, `ghcr.io/a/b:1@${digest}`],
  ])('%s is printed in full', (printed, text) => {
    expect(formatReference(parseReference(text))).toBe(printed);
  });

  test.each([
    ['', 'it is empty'],
    ['ghcr.io/', 'not a path segment'],
    ['ghcr.io/Cart', '"Cart" is not a path segment'],
    ['ghcr.io/a//b', 'not a path segment'],
    ['ghcr.io/../b', 'not a path segment'],
    ['ghcr.io/-a', 'not a path segment'],
    ['ghcr.io/a___b', 'not a path segment'],
    ['ghcr.io/$(id)', 'not a path segment'],
    ['ghcr.io:port/a', 'not a registry host'],
    ['-ghcr.io/a', 'not a registry host'],
    ['https://ghcr.io/a', 'not a registry host'],
    ['ghcr.io/a:', '"" is not a tag'],
    ['ghcr.io/a:.x', 'is not a tag'],
    [`ghcr.io/a:${'x'.repeat(129)}`, 'is not a tag'],
    ['ghcr.io/a@sha256:abc', 'is not a digest'],
    [`ghcr.io/a@${digest.toUpperCase()}`, 'is not a digest'],
    [`ghcr.io/a@${digest}@${digest}`, 'more than one @'],
    [`ghcr.io/${'a'.repeat(256)}`, 'longer than 255'],
    ['a'.repeat(64), 'image id'],
  ])('%j is refused with the reason', (text, why) => {
    expect(() => parseReference(text)).toThrow(InputError);
    expect(() => parseReference(text)).toThrow(why);
  });

  test('255 characters of path are not too many', () => {
    expect(parseReference(`ghcr.io/${'a'.repeat(255)}`).path).toHaveLength(255);
  });

  test('a repository has neither tag nor digest', () => {
    expect(parseRepository('ghcr.io/a/b')).toEqual({ registry: 'ghcr.io', path: 'a/b' });
    expect(() => parseRepository('ghcr.io/a/b:1')).toThrow('without tag or digest');
  });
});

describe('a tag for a git ref', () => {
  test('what is a tag already stays as it is', () => {
    expect([safeTag('v1.0.0'), safeTag('main'), safeTag('x'.repeat(128))]).toEqual(['v1.0.0', 'main', 'x'.repeat(128)]);
  });

  test.each(['release/1.0', 'v1.0.0+build', '.hidden', '-x', 'ä', '', '$(id)', `${'long/'.repeat(60)}`])(
    '%j becomes a tag, always the same one',
    (text) => {
      expect(isTag(safeTag(text))).toBe(true);
      expect(safeTag(text)).toBe(safeTag(text));
    },
  );

  test('names that look alike afterwards do not meet', () => {
    const tags = ['a/b', 'a+b', 'a-b', 'a b'].map(safeTag);

    expect(new Set(tags).size).toBe(4);
    expect(tags[0]).toMatch(/^a-b-[0-9a-f]{8}$/);
  });
});
