import { expect, test } from 'vitest';
import { buildStack, type Making, pushStack } from './build-stack.ts';
import { containerProgram } from './container-program.ts';

/** A machine with these programs, which are only told. */
function machineWith(...programs: string[]) {
  return async (program: string): Promise<boolean> => programs.includes(program);
}

test('docker is taken where its daemon answers, then podman, then buildah', async () => {
  expect(await containerProgram('build', machineWith('docker', 'buildah'))).toBe('docker');
  expect(await containerProgram('build', machineWith('podman', 'buildah'))).toBe('podman');
  expect(await containerProgram('build', machineWith('buildah'))).toBe('buildah');
});

test('without any, one sentence says what is missing and what for', async () => {
  await expect(containerProgram('build the stack', machineWith())).rejects.toThrow(
    'No docker (with a running daemon), podman or buildah is on this machine: install one of them to build the stack.',
  );
});

test('each image is built on the one before it, and what others use is pushed', async () => {
  const asked: string[] = [];
  const stack = (['base', 'build', 'run'] as const).map((part, index) => ({
    ...{ part, folder: `stack/debian/${part}`, image: `quay.io/stack-${part}:1` },
    base: index === 0 ? 'debian' : 'quay.io/stack-base:1',
  }));
  const versions = {
    repository: 'quay.io',
    stack: 'id',
    buildpack: '1',
    lifecycle: '1',
    bases: { al2023: '', debian: '' },
  };
  const named = { lifecycle: 'l', buildpack: 'b', builder: 'c' };
  const making: Making = {
    ...{ root: '/repo', versions, platform: 'linux/arm64', program: 'podman' },
    names: { stack, buildImage: 'quay.io/stack-build:1', runImage: 'quay.io/stack-run:1', ...named },
    run: async (program, args) => {
      asked.push([program, ...args].join(' '));
    },
  };

  await buildStack(making);
  await pushStack(making);

  const built = (part: string, base: string): string =>
    `podman build --platform linux/arm64 --build-arg BASE=${base} --build-arg STACK=id --tag quay.io/stack-${part}:1 /repo/stack/debian/${part}`;
  expect(asked).toEqual([
    built('base', 'debian'),
    built('build', 'quay.io/stack-base:1'),
    built('run', 'quay.io/stack-base:1'),
    'podman push quay.io/stack-build:1',
    'podman push quay.io/stack-run:1',
  ]);
});
