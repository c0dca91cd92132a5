import { writeFile } from 'node:fs/promises';
import { readTree, temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { luban } from './testing/luban-process.ts';

describe('luban playground', () => {
  test('goes up once, says where it is, and goes down; a stale state is no obstacle', async () => {
    await using folder = await temporaryFolder();
    const playground = async (action: string) => {
      const { exitCode, stdout } = await luban({ args: ['playground', action], cwd: folder.path });
      return { exitCode, ...JSON.parse(stdout) };
    };
    const state = folder.at('.luban/playground/playground.json');

    const up = await playground('up');
    const stale = (await readTree(folder.at('.luban/playground')))['playground.json'] ?? '';
    const again = await playground('up');
    const status = await playground('status');
    const page = await fetch(up.url);
    const down = await playground('down');
    await writeFile(state, stale);
    const dead = await playground('status');
    const second = await playground('up');
    const last = await playground('down');

    expect(up).toMatchObject({ exitCode: 0, changed: true, user: 'luban', registry: new URL(up.url).host });
    expect(again).toEqual({ ...up, changed: false });
    expect(status).toMatchObject({ running: true, url: up.url });
    expect(page.status).toBe(200);
    expect([down, dead]).toEqual([
      { exitCode: 0, changed: true },
      { exitCode: 0, running: false },
    ]);
    expect(second).toMatchObject({ exitCode: 0, changed: true, url: up.url });
    expect(last).toEqual({ exitCode: 0, changed: true });
    await expect(fetch(up.url)).rejects.toThrow();
  });

  test('wants to know what to do', async () => {
    await using folder = await temporaryFolder();

    const { exitCode, stdout, stderr } = await luban({ args: ['playground', 'sideways'], cwd: folder.path });

    expect([exitCode, stdout, stderr]).toEqual([2, '', '✗ luban playground wants one of up, status, down\n']);
  });
});
