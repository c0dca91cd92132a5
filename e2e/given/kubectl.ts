import { messageOf } from '@luban-ci/core';
import { run } from '../run.ts';
import type { SuitePlace } from './place.ts';

export function kubectl(place: SuitePlace, ...args: string[]): Promise<string> {
  return run(place.kubectl, ['--kubeconfig', place.kubeconfig, ...args], { timeoutSeconds: 120 });
}

/** Server-side apply; what exists is brought up to date. */
export async function applyObjects(place: SuitePlace, objects: readonly object[]): Promise<void> {
  const args = ['--kubeconfig', place.kubeconfig, 'apply', '--server-side', '--force-conflicts', '-f', '-'];
  const items = { apiVersion: 'v1', kind: 'List', items: objects };
  await run(place.kubectl, args, { input: JSON.stringify(items), timeoutSeconds: 120 });
}

/** What exists is left as it is. */
export async function createUnlessThere(place: SuitePlace, object: object): Promise<void> {
  const args = ['--kubeconfig', place.kubeconfig, 'create', '-f', '-'];
  await run(place.kubectl, args, { input: JSON.stringify(object), timeoutSeconds: 120 }).catch((error: unknown) => {
    if (!messageOf(error).includes('AlreadyExists')) throw error;
  });
}
