import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { luban } from '../../tools/gitops-utils/src/testing/luban-process.ts';
import { clusterAtHand, withoutCluster } from './cluster-at-hand.ts';
import { clusterPlace } from './cluster-place.ts';

const cluster = await clusterAtHand();
const title = `exit codes of "luban run" and "argo submit --wait"${cluster === undefined ? ` (${withoutCluster})` : ''}`;

describe.skipIf(cluster === undefined)(title, { timeout: 300_000 }, () => {
  test.each([
    ['dag-recovers', { luban: 0, argo: 0 }],
    ['exit-handler-after-failure', { luban: 1, argo: 1 }],
    ['output-that-is-missing', { luban: 1, argo: 1 }],
    ['parameter-without-value', { luban: 2, argo: 1 }], // 2 tells bad input apart, which Argo does not
  ])('%s', async (name, codes) => {
    if (cluster === undefined) return;
    await using folder = await temporaryFolder();
    await using place = await clusterPlace(cluster);
    const file = fileURLToPath(new URL(`workflows/${name}.yaml`, import.meta.url));

    const here = await luban({ args: ['run', file, '--image', 'library/busybox=host'], cwd: folder.path });
    const there = await cluster.argoSubmit(place.namespace, await readFile(file, 'utf8'));

    expect({ luban: here.exitCode, argo: there.exitCode }).toEqual(codes);
  });
});
