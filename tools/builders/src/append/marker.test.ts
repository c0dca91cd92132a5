import { expect, test } from 'vitest';
import { holds } from './marker.ts';
import { markerEnvironment } from './target.ts';

const environment = markerEnvironment({
  version: '3.13.1',
  platform: { os: 'linux', architecture: 'arm64' },
  libc: { kind: 'glibc', major: 2, minor: 36 },
});

test.each([
  ["sys_platform == 'linux'", true],
  ["sys_platform == 'win32' or platform_machine == 'aarch64'", true],
  ["sys_platform == 'win32' and platform_machine == 'aarch64'", false],
  ["python_full_version < '3.13'", false],
  ["python_version >= '3.9' and python_version < '4.0'", true],
  ["'3.14' > python_version", true],
  ["python_version in '3.12, 3.13'", true],
  ["platform_machine not in 'x86_64 amd64'", true],
  ["(os_name == 'nt' or os_name == 'posix') and implementation_name != 'pypy'", true],
  ["python_full_version == '3.13.*'", true],
  ["python_full_version ~= '3.12.0'", false],
  ['platform_system == "Darwin"', false],
])('%s is %s', (marker, expected) => {
  expect(holds(marker, environment)).toBe(expected);
});

test.each([
  "extra == 'dev'",
  'sys_platform =',
  "sys_platform == 'linux' and",
  "(sys_platform == 'linux'",
  '; rm -rf /',
])('the marker %j is refused instead of guessed', (marker) => {
  expect(() => holds(marker, environment)).toThrow('cannot be read');
});
