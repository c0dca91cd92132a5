import { messageOf } from '@luban-ci/core';
import { run } from '../run.ts';
import type { SuitePlace } from './place.ts';

export function kubectl(place: SuitePlace, ...args: string[]): Promise<string> {
  return tell(place, args);
}

/** Server-side apply; what exists is brought up to date. */
export async function applyObjects(place: SuitePlace, objects: readonly object[]): Promise<void> {
  const items = { apiVersion: 'v1', kind: 'List', items: objects };
  await tell(place, ['apply', '--server-side', '--force-conflicts', '-f', '-'], items);
}

/** What exists is left as it is. */
export async function createUnlessThere(place: SuitePlace, object: object): Promise<void> {
  await tell(place, ['create', '-f', '-'], object).catch((error: unknown) => {
    if (!messageOf(error).includes('AlreadyExists')) throw error;
  });
}

function tell(place: SuitePlace, args: readonly string[], input?: object): Promise<string> {
  return run(place.kubectl, ['--kubeconfig', place.kubeconfig, ...args], {
    timeoutSeconds: 120,
    ...(input === undefined ? {} : { input: JSON.stringify(input) }),
  });
}
