import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@luban-ci/process';
import { afterAll, describe, expect, test } from 'vitest';
import { useCluster } from './cluster-in-use.ts';

const folder = import.meta.dirname;
const files = await readdir(folder, { recursive: true });
const cases = files.filter((path) => path.endsWith('chainsaw-test.yaml')).map((path) => join(path, '..'));
const cluster = await useCluster(process.env);
afterAll(() => cluster?.[Symbol.asyncDispose]());

describe.skipIf(cluster === undefined)('in a cluster ("make cluster-up")', () => {
  test.concurrent.each(cases)('%s', { timeout: 900_000 }, async (name) => {
    const args = ['test', '--no-color', '--config', join(folder, 'chainsaw-configuration.yaml'), join(folder, name)];

    const ended = await runProgram('chainsaw', args, {
      cwd: folder,
      env: cluster?.environment ?? {},
      timeoutSeconds: 800,
    });

    expect(ended.exitCode, `${ended.stdout}${ended.stderr}`.split('\n').slice(-80).join('\n')).toBe(0);
  });
});
