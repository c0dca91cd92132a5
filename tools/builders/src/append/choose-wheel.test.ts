import { StepError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { chooseWheel } from './choose-wheel.ts';
import type { PythonTarget } from './target.ts';
import type { LockedPackage } from './uv-lock.ts';

const glibc = { kind: 'glibc', major: 2, minor: 34 } as const;
const amd64: PythonTarget = { version: '3.13.1', platform: { os: 'linux', architecture: 'amd64' }, libc: glibc };
const arm64: PythonTarget = { ...amd64, platform: { os: 'linux', architecture: 'arm64' } };
const musl: PythonTarget = { ...amd64, libc: { kind: 'musl', major: 1, minor: 2 } };

function locked(...files: string[]): LockedPackage {
  return {
    name: 'pkg',
    version: '1.0',
    source: { registry: 'index' },
    dependencies: [],
    'optional-dependencies': {},
    wheels: files.map((file) => ({ url: `http://127.0.0.1/files/${file}`, hash: `sha256:${'0'.repeat(64)}` })),
  };
}

const every = locked(
  'pkg-1.0-py3-none-any.whl',
  'pkg-1.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  'pkg-1.0-cp313-cp313-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  'pkg-1.0-cp313-cp313-manylinux_2_28_x86_64.whl',
  'pkg-1.0-cp313-cp313-manylinux_2_39_x86_64.whl',
  'pkg-1.0-cp313-cp313t-manylinux_2_28_x86_64.whl',
  'pkg-1.0-cp313-cp313-macosx_11_0_arm64.whl',
  'pkg-1.0-cp312-cp312-manylinux_2_28_aarch64.whl',
  'pkg-1.0-cp313-cp313-musllinux_1_2_x86_64.whl',
);

test.each([
  ['a machine with glibc', amd64, 'pkg-1.0-cp313-cp313-manylinux_2_28_x86_64.whl'],
  ['a machine that only pure Python fits', arm64, 'pkg-1.0-py3-none-any.whl'],
  ['a machine with musl', musl, 'pkg-1.0-cp313-cp313-musllinux_1_2_x86_64.whl'],
  [
    'an older Python',
    { ...amd64, version: '3.11.9' },
    'pkg-1.0-cp39-abi3-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  ],
])('%s gets the most specific wheel that runs there', (_, target, file) => {
  expect(chooseWheel(every, target).file).toBe(file);
});

test('a dependency without a fitting wheel is a clear failure that names the other builder', () => {
  const failure = catchError(() => chooseWheel(locked('pkg-1.0-cp313-cp313-win_amd64.whl'), amd64));

  expect(failure).toBeInstanceOf(StepError);
  expect(failure).toMatchObject({
    message:
      'The append builder cannot install pkg: uv.lock holds no wheel of pkg 1.0 for Python 3.13.1 on linux/amd64 (glibc 2.34)',
    hint: expect.stringContaining('kpack'),
  });
});

test('a dependency that is locked to source code says so', () => {
  const fromGit = { ...locked(), source: { git: 'https://example.com/pkg.git' } };

  expect(() => chooseWheel(fromGit, amd64)).toThrow(
    'pkg 1.0 is locked to https://example.com/pkg.git, which is source code',
  );
});

test('a wheel without a hash is never installed', () => {
  const unhashed = { ...locked(), wheels: [{ url: 'http://127.0.0.1/pkg-1.0-py3-none-any.whl' }] };

  expect(() => chooseWheel(unhashed, amd64)).toThrow('holds no SHA-256 hash');
});

function catchError(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
