import { tmpdir } from 'node:os';
import { expect, test } from 'vitest';
import { plainEnvironment } from './plain-environment.ts';
import { runProgram } from './run-program.ts';

const options = { cwd: tmpdir(), env: plainEnvironment() };

test('arguments reach the program as they are: no shell reads them', async () => {
  const hostile = ['a b', '$(id)', '`id`', "';|&", '*', ''];

  const result = await runProgram('printf', ['[%s]', ...hostile], options);

  expect(result).toEqual({ exitCode: 0, stdout: hostile.map((each) => `[${each}]`).join(''), stderr: '' });
});

test('input is handed over, and a failing exit is a result', async () => {
  const echoed = await runProgram('cat', [], { ...options, input: 'héllo' });
  const failed = await runProgram('git', ['rev-parse', '--verify', 'nowhere'], options);

  expect(echoed.stdout).toBe('héllo');
  expect(failed.exitCode).toBe(128);
});

test('a child sees the environment it is given and nothing else', async () => {
  const result = await runProgram('env', [], { ...options, env: { PATH: process.env['PATH'] ?? '', ONLY: 'this' } });

  expect(result.stdout.split('\n').filter((line) => /^(HOME|ONLY)=/.test(line))).toEqual(['ONLY=this']);
});

test('a missing program and one that takes too long each say so in a sentence', async () => {
  await expect(runProgram('no-such-program', [], options)).rejects.toThrow('no-such-program is not installed');
  await expect(runProgram('sleep', ['9'], { ...options, timeoutSeconds: 0.1 })).rejects.toThrow(
    'sleep did not end within 0.1 s',
  );
});

test('an abort ends the program with the signal’s reason', async () => {
  const signal = AbortSignal.abort(new Error('stopped by hand'));

  await expect(runProgram('sleep', ['9'], { ...options, signal })).rejects.toThrow('stopped by hand');
});

test('a program that a signal ended is an error, or exit code 128 + its number where that is asked for', async () => {
  const args = ['-c', 'kill -9 $$'];

  await expect(runProgram('sh', args, options)).rejects.toThrow('sh was ended by SIGKILL');
  expect(await runProgram('sh', args, { ...options, signalAsExitCode: true })).toMatchObject({ exitCode: 137 });
});

test('an early end reaches what the program has started, and what does not listen', async () => {
  const run = (script: string): Promise<unknown> =>
    runProgram('sh', ['-c', script], { ...options, timeoutSeconds: 0.2, endGroupAfterSeconds: 0.2 });

  await expect(run('sleep 30; true')).rejects.toThrow('sh did not end within 0.2 s');
  await expect(run('trap "" TERM; sleep 30; true')).rejects.toThrow('sh did not end within 0.2 s');
});
