import type { Platform } from '@luban-ci/images';

/** The Python that an image will run, as dependency markers and wheel names speak of it. */
export interface PythonTarget {
  /** Full version: `3.13.1`. */
  version: string;
  platform: Platform;
  libc: Libc;
}

/** Which C library the base image has, as `manylinux` and `musllinux` wheel tags need it. */
export type Libc = { kind: 'glibc' | 'musl'; major: number; minor: number };

const machines: Record<string, string> = {
  amd64: 'x86_64',
  arm64: 'aarch64',
  '386': 'i686',
  arm: 'armv7l',
  ppc64le: 'ppc64le',
  s390x: 's390x',
  riscv64: 'riscv64',
};

/** Python's name of an OCI architecture: `amd64` is `x86_64`. */
export function machineOf(platform: Platform): string {
  return machines[platform.architecture] ?? platform.architecture;
}

/** The names that a dependency marker may compare (PEP 508, "Environment Markers"). */
export function markerEnvironment(target: PythonTarget): Record<string, string> {
  return {
    implementation_name: 'cpython',
    implementation_version: target.version,
    os_name: 'posix',
    platform_machine: machineOf(target.platform),
    platform_python_implementation: 'CPython',
    platform_release: '',
    platform_system: 'Linux',
    platform_version: '',
    python_full_version: target.version,
    python_version: target.version.split('.').slice(0, 2).join('.'),
    sys_platform: 'linux',
  };
}
