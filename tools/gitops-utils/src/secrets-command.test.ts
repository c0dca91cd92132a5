import { writeFile } from 'node:fs/promises';
import { createKube } from '@luban-ci/kube/client';
import { kubeconfigFor, startPlayground } from '@luban-ci/playground';
import { temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test, vi } from 'vitest';
import { luban } from './testing/luban-process.ts';

vi.setConfig({ testTimeout: 120_000 });

const name = { apiVersion: 'v1', kind: 'Secret', name: 'github-creds', namespace: 'luban-ci' };
const token = 'a-token-nobody-may-see';

async function clusterWithSecrets() {
  const folder = await temporaryFolder();
  const users = [{ name: 'admin', token: 'admins-token', admin: true }];
  const playground = await startPlayground({ folder: folder.at('data'), users });
  const kubeconfig = folder.at('kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(playground.url, 'admins-token'));
  await writeTree(folder.at('secrets'), { 'github.env': `GITHUB_USERNAME=ada\nGITHUB_TOKEN=${token}\n` });
  return {
    kube: createKube({ kubeconfig }),
    run: (...args: string[]) => luban({ args: ['secrets', ...args, '--kubeconfig', kubeconfig], cwd: folder.path }),
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

test('Secrets are made once, a dry run writes nothing, and they go again', async () => {
  await using at = await clusterWithSecrets();

  const planned = await at.run('--dry-run');
  const before = await at.kube.read(name);
  const first = await at.run();
  const made = await at.kube.read(name);
  const second = await at.run();
  const removed = await at.run('--remove');

  expect([planned.exitCode, first.exitCode, second.exitCode, removed.exitCode]).toEqual([0, 0, 0, 0]);
  expect([planned, first, second, removed].map(({ stderr }) => stderr.split('\n')[0])).toEqual([
    'would be created: Secret luban-ci/github-creds',
    'created: Secret luban-ci/github-creds',
    'unchanged: Secret luban-ci/github-creds',
    'removed: Secret luban-ci/github-creds',
  ]);
  expect(before).toBeUndefined();
  expect(Object(made?.['data']).token).toBe(Buffer.from(token).toString('base64'));
  expect(await at.kube.read(name)).toBeUndefined();
  expect([planned, first, second, removed].some(({ stderr }) => stderr.includes(token))).toBe(false);
});

test('a folder that is not there is bad input', async () => {
  await using at = await clusterWithSecrets();

  const { exitCode, stderr } = await at.run('no-such-folder');

  expect([exitCode, stderr]).toEqual([2, expect.stringContaining('There is no folder')]);
});
