import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import { expect, test } from 'vitest';
import { applyEdit, parseEdit } from '../edit.ts';
import { textFile, textOf } from '../files.ts';
import { setTomlValue } from './set-toml-value.ts';

const text = `# application
title = 'shop' # "x" = 1
"quoted.key" = "a\\"]#b"

[build]   # how
image = "ghcr.io/acme/app:1.0.0" # now
tags = [ "1.0", # one
  'two', ]
when = 1979-05-27 07:32:00
inline = { image = "x", nested = { tag = "1.0" }, on = true }
long = """
image = "1.0" \\
""\\" end"""
raw = '''C:\\tag = '1' '''

[[services]]
name = "web"
replicas = 1_000
[services.image]
tag = "1.0"

[[services]]
name = "db"
image.tag = "1.0"
[[services.ports]]
port = 80
[[services.ports]]
port = 0x1f
`;

function set(at: string, value: string | number | boolean, of = text): string {
  return setTomlValue(of, at, value, 'app.toml');
}

test('a value is set in its own quotes wherever it stands, and nothing else moves', () => {
  expect(set('title', 'store')).toBe(text.replace("'shop'", "'store'"));
  expect(set('["quoted.key"]', 'c')).toBe(text.replace('"a\\"]#b"', '"c"'));
  expect(set('build.image', 'b')).toBe(text.replace('"ghcr.io/acme/app:1.0.0"', '"b"'));
  expect(set('build.tags[1]', "it's")).toBe(text.replace("'two'", '"it\'s"'));
  expect(set('build.inline.nested.tag', '2')).toBe(text.replace('{ tag = "1.0" }', '{ tag = "2" }'));
  expect(set('build.inline.on', false)).toBe(text.replace('on = true', 'on = false'));
  expect(set('services[name=web].image.tag', '2')).toBe(text.replace('image]\ntag = "1.0"', 'image]\ntag = "2"'));
  expect(set('services[1].image.tag', '2')).toBe(text.replace('image.tag = "1.0"', 'image.tag = "2"'));
  expect(set('services[1].ports[1].port', 443)).toBe(text.replace('0x1f', '443'));
  expect(set('build.raw', 'x')).toBe(text.replace(/raw = .*/, "raw = 'x'"));
  expect(set('services[0].replicas', 1000)).toBe(text);
});

test('Windows line ends, a byte order mark and a missing newline at the end stay', () => {
  const other = `\ufeff${text.replaceAll('\n', '\r\n').trimEnd()}`;

  expect(set('services[1].ports[1].port', 443, other)).toBe(other.replace('0x1f', '443'));
});

test('what is no TOML, or no single value, is refused by name', () => {
  expect(() => set('a', 'b', 'a = 1\na = 2\n')).toThrow(/^app\.toml is not valid TOML: /);
  expect(() => set('build', 'b')).toThrow('app.toml has no single value as build');
  expect(() => set('nothing.here', 'b')).toThrow('app.toml has no single value as nothing.here');
});

test('the edit takes a .toml file for TOML', () => {
  const edit = parseEdit({ kind: 'set-value', version: 1, path: 'app.toml', at: 'title', value: 'store' });

  const outcome = applyEdit(edit, new Map([['app.toml', textFile(text)]]));

  const file = outcome.outcome === 'changed' ? outcome.changes.get('app.toml') : undefined;
  expect(textOf(file ?? textFile(''), 'app.toml')).toBe(text.replace('shop', 'store'));
});

test('in generated TOML every text can be set, and only that reads otherwise', () => {
  const word = fc.string({ minLength: 1, maxLength: 8 });
  const key = fc.stringMatching(/^[a-z]{1,4}$/);
  const table = fc.dictionary(
    key,
    fc.oneof(word, fc.boolean(), fc.double({ noNaN: true }), fc.array(word, { maxLength: 3 })),
    { maxKeys: 4 },
  );
  const property = fc.property(
    fc.dictionary(key, fc.oneof(table, fc.array(table, { maxLength: 2 })), { maxKeys: 3 }),
    word,
    word,
    (data, was, is) => {
      fc.pre([was, is].every((each) => each.isWellFormed()));
      const before = stringify({ ...data, target: { list: [{ value: was }] } });

      const after = set('target.list[0].value', is, before);

      expect(parse(after)).toEqual(parse(stringify({ ...data, target: { list: [{ value: is }] } })));
    },
  );

  fc.assert(property, { numRuns: 200 });
});
