import { expect, test } from 'vitest';
import { readEnvFiles } from './env-file.ts';

test('a value is taken as it stands, whatever is in it', () => {
  const text = [
    '# A robot account',
    'HARBOR_RO_USERNAME=robot$luban-ro',
    'HARBOR_RO_PASSWORD="a b#c\\n$(d)`e`"',
    "export QUAY_PASSWORD='it''s'\r",
    '  QUAY_USERNAME=org+robot  ',
    'GITHUB_TOKEN="',
    'REGISTRY_EMAIL=a=b',
    '',
  ].join('\n');

  const { values, issues } = readEnvFiles(new Map([['all.env', `\uFEFF${text}`]]));

  expect(issues).toEqual([]);
  expect(Object.fromEntries(values)).toEqual({
    HARBOR_RO_USERNAME: 'robot$luban-ro',
    HARBOR_RO_PASSWORD: 'a b#c\\n$(d)`e`',
    QUAY_PASSWORD: "it''s",
    QUAY_USERNAME: 'org+robot',
    GITHUB_TOKEN: '"',
    REGISTRY_EMAIL: 'a=b',
  });
});

test('a line that says nothing, and a key with two values, are named by file and line, without the value', () => {
  const files = new Map([
    ['github.env', 'GITHUB_TOKEN=one\nGITHUB TOKEN=two\n'],
    ['more.env', 'GITHUB_TOKEN=one\n\nGITHUB_TOKEN=three\n'],
  ]);

  expect(readEnvFiles(files).issues).toEqual([
    { field: 'github.env:2', expected: 'expected KEY=VALUE' },
    { field: 'more.env:3', expected: 'expected one value for GITHUB_TOKEN, which was given before' },
  ]);
});
