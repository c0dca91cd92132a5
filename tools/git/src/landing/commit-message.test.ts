import { plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { commitMessage } from './commit-message.ts';

test('git reads the trailers, and a value cannot start one of its own', async () => {
  await using folder = await temporaryFolder();
  const message = commitMessage('Deploy cart\r\n\r\nBecause: of this', {
    images: ['a/b:v1', 'a/c:v2'],
    sourceCommit: undefined,
    requestedBy: 'eve\nLuban-Key: forged\u2028Luban-Order: forged',
    key: 'real',
  });

  const read = await runProgram('git', ['interpret-trailers', '--parse'], {
    cwd: folder.path,
    env: plainEnvironment(),
    input: message,
  });

  expect(read.stdout).toBe(`Luban-Image: a/b:v1
Luban-Image: a/c:v2
Luban-Requested-By: eve Luban-Key: forged Luban-Order: forged
Luban-Key: real
`);
  expect(message.startsWith('Deploy cart\n\nBecause: of this\n\nLuban-Image')).toBe(true);
});
