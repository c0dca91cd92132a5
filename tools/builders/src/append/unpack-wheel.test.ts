import { strToU8, zipSync } from 'fflate';
import { expect, test } from 'vitest';
import type { ChosenWheel } from './choose-wheel.ts';
import { unpackWheel } from './unpack-wheel.ts';

const wheel: ChosenWheel = {
  package: 'pkg',
  version: '1',
  file: 'pkg-1-py3-none-any.whl',
  hash: '',
  location: { path: '' },
};

function unpacked(files: Record<string, string>): Record<string, [string, boolean]> {
  const bytes = zipSync(Object.fromEntries(Object.entries(files).map(([path, text]) => [path, strToU8(text)])));
  const found = unpackWheel(bytes, wheel);
  return Object.fromEntries(
    found.map(({ path, content, isExecutable }) => [path, [Buffer.from(content).toString(), isExecutable]]),
  );
}

test('packages, data and scripts go where an installer puts them', () => {
  const files = unpacked({
    'pkg/__init__.py': 'x = 1\n',
    'pkg-1.data/purelib/extra.py': 'y = 1\n',
    'pkg-1.data/scripts/tool': '#!python\nprint(1)\n',
    'pkg-1.data/data/share/pkg.txt': 'text',
    'pkg-1.data/headers/pkg.h': 'int x;',
    'pkg-1.dist-info/entry_points.txt': '[gui_scripts]\nwin = pkg:gui\n[console_scripts]\nserve = pkg.cli:main\n',
  });

  expect(files).toMatchObject({
    'app/site-packages/pkg/__init__.py': ['x = 1\n', false],
    'app/site-packages/extra.py': ['y = 1\n', false],
    'app/bin/tool': ['#!/usr/bin/env python3\nprint(1)\n', true],
    'app/share/pkg.txt': ['text', false],
    'app/bin/serve': [expect.stringContaining('from pkg.cli import main\nsys.exit(main())\n'), true],
  });
  expect(Object.keys(files)).toHaveLength(6);
});

test.each(['../evil.py', '/etc/passwd', 'a/../../b', 'a\\..\\b'])(
  'a wheel that holds the path %j is refused',
  (path) => {
    expect(() => unpacked({ [path]: '' })).toThrow('leaves its folder');
  },
);

test('an entry point that is no name cannot become program text', () => {
  const files = { 'pkg-1.dist-info/entry_points.txt': '[console_scripts]\nx = os:system("id")\n' };

  expect(() => unpacked(files)).toThrow('expected package.module:function');
});
