import { plainEnvironment, runProgram } from '@luban-ci/process';
import { expect, test } from 'vitest';

const source = new URL('./write-to.ts', import.meta.url).href;

/** A program that writes `count` lines to standard output and says on standard error that it came to its end. */
function writer(count: number): string {
  return `import { writeTo } from '${source}'; for (let i = 0; i < ${count}; i += 1) writeTo(1, 'line ' + i + ' of many\\n'); writeTo(2, 'done');`;
}

async function piped(count: number, reader: string) {
  const line = `"$0" --input-type=module --eval "$1" | ${reader}`;
  const args = ['-c', line, process.execPath, writer(count)];
  return runProgram('sh', args, { cwd: '/', env: plainEnvironment(), timeoutSeconds: 15 });
}

test('a slow reader gets everything', async () => {
  const { stdout, stderr } = await piped(20_000, '(sleep 0.2; wc -l)');

  expect([stdout.trim(), stderr]).toEqual(['20000', 'done']);
});

test('a reader that has had enough is no failure', async () => {
  const { exitCode, stdout, stderr } = await piped(20_000, 'head -1');

  expect([exitCode, stdout, stderr]).toEqual([0, 'line 0 of many\n', 'done']);
});
