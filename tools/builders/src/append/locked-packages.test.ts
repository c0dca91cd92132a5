import { expect, test } from 'vitest';
import { lockedPackages } from './locked-packages.ts';
import type { PythonTarget } from './target.ts';
import { parseUvLock } from './uv-lock.ts';

const target: PythonTarget = {
  version: '3.13.1',
  platform: { os: 'linux', architecture: 'amd64' },
  libc: { kind: 'glibc', major: 2, minor: 34 },
};

const lock = parseUvLock(`
version = 1
revision = 3
requires-python = ">=3.12"

[[package]]
name = "shop"
version = "0.1.0"
source = { editable = "." }
dependencies = [
  { name = "server", extra = ["standard"] },
  { name = "colour", marker = "sys_platform == 'win32'" },
  { name = "forked", version = "1.0", source = { registry = "x" }, marker = "python_full_version < '3.13'" },
  { name = "forked", version = "2.0", source = { registry = "x" }, marker = "python_full_version >= '3.13'" },
]

[package.dev-dependencies]
dev = [{ name = "testing" }]

[[package]]
name = "server"
version = "1.0"
source = { registry = "x" }
dependencies = [{ name = "core" }]

[package.optional-dependencies]
standard = [{ name = "fast" }]
extra = [{ name = "unused" }]

[[package]]
name = "core"
version = "1.0"
source = { registry = "x" }
dependencies = [{ name = "server" }]

[[package]]
name = "fast"
version = "1.0"
source = { registry = "x" }

[[package]]
name = "forked"
version = "1.0"
source = { registry = "x" }

[[package]]
name = "forked"
version = "2.0"
source = { registry = "x" }

[[package]]
name = "testing"
version = "1.0"
source = { registry = "x" }
`);

test('what the application needs at run time is found, with extras and markers, and without development groups', () => {
  const found = lockedPackages(lock, target).map(({ name, version }) => `${name} ${version}`);

  expect(found).toEqual(['core 1.0', 'fast 1.0', 'forked 2.0', 'server 1.0']);
});

test('a base image whose Python the lock file does not allow is refused', () => {
  expect(() => lockedPackages(lock, { ...target, version: '3.11.2' })).toThrow(
    'uv.lock wants Python >=3.12, and the base image has 3.11.2',
  );
});

test('a lock file that is not whole, or of another format, is refused', () => {
  const broken = parseUvLock(`
version = 1
[[package]]
name = "shop"
source = { virtual = "." }
dependencies = [{ name = "gone" }]
`);

  expect(() => lockedPackages(broken, target)).toThrow('uv.lock needs gone');
  expect(() => parseUvLock('version = 9')).toThrow('uv.lock cannot be used');
  expect(() => parseUvLock('version = ')).toThrow('uv.lock is not valid TOML');
});
