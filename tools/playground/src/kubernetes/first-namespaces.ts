import type { Clock } from '@luban-ci/core';
import type { CheckShape } from './check-shape.ts';
import { servedKinds } from './kinds.ts';
import type { ObjectStore } from './object-store.ts';
import { createObject } from './write-objects.ts';

/** What a cluster has before any project: our own namespace and Argo CD's. They are made when somebody first asks for them. */
const first = ['argocd', 'default', 'luban-ci'];

/** Makes the namespaces that a cluster starts with, in a folder that has none. */
export async function ensureFirstNamespaces(
  store: ObjectStore,
  clock: Clock,
  check: () => Promise<CheckShape>,
): Promise<void> {
  const kind = servedKinds.find((each) => each.kind === 'Namespace');
  if (kind === undefined || (await store.list(kind, '')).length > 0) return;
  const writing = { store, clock, check: await check() };
  for (const name of first) {
    const body = { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
    await createObject(writing, { kind, namespace: '' }, body);
  }
}
