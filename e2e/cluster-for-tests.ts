import { mkdir } from 'node:fs/promises';
import { hintOf, messageOf } from '@luban-ci/core';
import { checkMachine } from './cluster/check-machine.ts';
import { clusterDown, clusterUp } from './cluster/cluster.ts';
import type { Workshop } from './cluster/programs/build-program.ts';
import { runningCluster } from './cluster/running-cluster.ts';

/** The cluster that tests find, as long as they run. */
export interface ClusterForTests extends AsyncDisposable {
  /** Why there is none, in one sentence. */
  missing?: string;
}

/** Takes the one that runs, else starts one that ends with the tests; says so where this machine cannot run one. */
export async function clusterForTests(
  cache: string,
  environment: Record<string, string>,
  say: (line: string) => void,
): Promise<ClusterForTests> {
  const workshop: Workshop = { cache, environment };
  await mkdir(cache, { recursive: true });
  if ((await runningCluster(workshop)) !== undefined) return { [Symbol.asyncDispose]: async () => {} };
  try {
    await checkMachine(environment['PATH'] ?? '');
  } catch (error) {
    const missing = `No cluster: ${messageOf(error)}. ${hintOf(error) ?? ''}`.trim();
    return { missing, [Symbol.asyncDispose]: async () => {} };
  }
  await clusterUp(workshop, say);
  return { [Symbol.asyncDispose]: () => clusterDown(workshop, say) };
}
