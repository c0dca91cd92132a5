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
