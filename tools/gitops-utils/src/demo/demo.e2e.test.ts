import { readFile } from 'node:fs/promises';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { luban } from '../testing/luban-process.ts';

/** Milliseconds for two demos. */
const patience = 300_000;

test(
  'the demo runs again where it ran before, and comes to the same shape of result',
  async () => {
    await using folder = await temporaryFolder();
    const run = async () => {
      const { exitCode } = await luban({ args: ['demo'], cwd: folder.path });
      return { exitCode, result: JSON.parse(await readFile(folder.at('.luban/demo/result.json'), 'utf8')) };
    };

    const first = await run();
    const second = await run();
    const status = await luban({ args: ['playground', 'status', '.luban/demo'], cwd: folder.path });

    expect([first.exitCode, second.exitCode]).toEqual([0, 0]);
    expect(Object.keys(second.result)).toEqual(Object.keys(first.result));
    expect(second.result.sourceCommit).not.toBe(first.result.sourceCommit);
    expect(JSON.parse(status.stdout)).toEqual({ running: false });
  },
  patience,
);
