import { open, readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { StepError } from '@luban-ci/core';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { plainEnvironment } from './plain-environment.ts';
import { startDetached, streamProgram } from './stream-program.ts';

describe('a streamed program', () => {
  test('passes bytes through while it runs, and ends with its exit code', async () => {
    await using folder = await temporaryFolder();
    const args = ['-e', 'process.stdin.pipe(process.stdout).on("unpipe", () => process.exitCode = 3)'];
    const running = streamProgram(process.execPath, args, { cwd: folder.path, env: plainEnvironment() });

    running.stdin.end('bytes; $(id)');

    expect(await text(running.stdout)).toBe('bytes; $(id)');
    expect(await running.ended).toBe(3);
  });

  test('that is missing is a StepError', async () => {
    await using folder = await temporaryFolder();
    const running = streamProgram('luban-no-such-program', [], { cwd: folder.path, env: {} });

    await expect(running.ended).rejects.toBeInstanceOf(StepError);
  });
});

describe('a detached program', () => {
  test('writes where it was told to, and sees only the environment it was given', async () => {
    await using folder = await temporaryFolder();
    const output = await open(folder.at('log'), 'a');
    const args = ['-e', 'console.log(Object.keys(process.env).join())'];

    const pid = await startDetached(process.execPath, args, {
      cwd: folder.path,
      env: { ONLY: '1' },
      output: output.fd,
    });
    await output.close();

    expect(pid).toBeGreaterThan(0);
    await expect.poll(() => readFile(folder.at('log'), 'utf8'), { timeout: 5000 }).toBe('ONLY\n');
  });

  test('that is missing is a StepError', async () => {
    await using folder = await temporaryFolder();
    const output = await open(folder.at('log'), 'a');

    const starting = startDetached('luban-no-such-program', [], { cwd: folder.path, env: {}, output: output.fd });

    await expect(starting).rejects.toBeInstanceOf(StepError);
    await output.close();
  });
});
