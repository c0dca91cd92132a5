import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildWorld, buildWorld } from './build-place.fixture.ts';

let world: BuildWorld;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

const project = '[project]\nname = "cart"\nversion = "1"\n';

describe('what is built', () => {
  test.each([
    ['a project', { 'pyproject.toml': project }],
    ['a project with a lock file', { 'pyproject.toml': project, 'uv.lock': 'version = 1\n' }],
    ['a workspace that is no project itself', { 'pyproject.toml': '[tool.uv.workspace]\nmembers = ["a"]\n' }],
    ['a lock file beside settings alone', { 'pyproject.toml': '[tool.black]\n', 'uv.lock': 'version = 1\n' }],
    ['a pyproject.toml that cannot be read, which the build will say', { 'pyproject.toml': '[project\n' }],
  ])('%s', async (_, files) => {
    const { detect } = await world.place(files);

    expect((await detect()).exitCode).toBe(0);
  });
});

describe('what is not', () => {
  test.each([
    ['an empty folder', { 'README.md': '' }, 'there is no pyproject.toml'],
    ['another language', { 'package.json': '{}' }, 'there is no pyproject.toml'],
    [
      'upstream section 9.5: .python-version or uv.lock alone',
      { '.python-version': '3.13', 'uv.lock': '' },
      'there is no',
    ],
    ['settings of a formatter', { 'pyproject.toml': '[tool.black]\n' }, 'neither [project] nor [tool.uv]'],
  ])('%s, and it says why', async (_, files, reason) => {
    const { detect } = await world.place(files);

    expect(await detect()).toEqual({ exitCode: 100, text: expect.stringContaining(reason) });
  });
});
