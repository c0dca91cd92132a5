import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { isPlainString } from './plain-scalar.ts';
import { renderFlow, renderScalar } from './render-value.ts';

const suspicious = [
  '',
  '~',
  'null',
  'Null',
  'on',
  'Off',
  'YES',
  'n',
  'true',
  '=',
  '<<',
  '1',
  '007',
  '08',
  '0o17',
  '0x1f',
  '0b11',
  '1_000',
  '1.10',
  '.5',
  '5.',
  '1e3',
  '-1',
  '+1',
  '12:30',
  '12:30:45',
  '1:20.5',
  '.inf',
  '-.INF',
  '.nan',
  '2026-01-01',
  '2026-01-01T10:00:00Z',
  '2026-1-1 10:00:00',
  '...',
  '---',
  '- a',
  '? a',
  ': a',
  'a: b',
  'a #b',
  '#a',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  '%a',
  '@a',
  '`a',
  '{a',
  '[a',
  'a,b',
  'a]',
  ' a',
  'a ',
  'a:',
  '"',
  "'",
  'a\nb',
  '\t',
];

test('what YAML 1.1 or 1.2 would read as something else is not written plain', () => {
  expect(suspicious.filter(isPlainString)).toEqual([]);
});

test('tags, digests, image names and times of day inside words stay plain', () => {
  const values = [
    'v1.2.3',
    '1.2.3',
    '0.1.0-rc.1',
    'sha256:0a1b',
    'registry.example:5000/team/app',
    'abc123',
    '1e3a',
    'latest',
    'a b',
  ];

  expect(values.filter((value) => !isPlainString(value))).toEqual([]);
});

test('every rendered scalar is read back as that string by both versions, in block and in flow', () => {
  const text = fc.oneof(
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(...suspicious),
    fc.stringMatching(/^[0-9._:eExXob+T-]{1,8}$/),
  );
  const property = fc.property(
    text,
    fc.constantFrom('plain' as const, 'single' as const, 'double' as const),
    (value, style) => {
      fc.pre(value.isWellFormed());
      for (const version of ['1.1', '1.2'] as const) {
        expect(parse(`k: ${renderScalar(value, style)}\n`, { version })).toEqual({ k: value });
        expect(parse(`k: ${renderFlow([value, { x: value }])}\n`, { version })).toEqual({ k: [value, { x: value }] });
      }
    },
  );

  fc.assert(property, { numRuns: 200 });
});
