import type { Synchronization } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import type { LockWish } from '../engine/lock-table.ts';
import type { Variables } from '../expressions/evaluate-expression.ts';
import { fillAllTags } from '../expressions/fill-tags.ts';
import { type Catalog, findKeyedData } from './catalog.ts';

/**
 * The locks that a `synchronization` asks for, named as Argo names them (workflow/sync/lock_name.go). A semaphore's limit
 * stands in a ConfigMap.
 *
 * @throws InputError when that limit is not there or not a number
 */
export function lockWishes(
  synchronization: Synchronization | undefined,
  variables: Variables,
  namespace: string,
  catalog: Catalog,
): LockWish[] {
  const { semaphores = [], mutexes = [] } = fillAllTags(synchronization ?? {}, variables);
  const counted = semaphores.map(({ configMapKeyRef: ref, namespace: own = namespace }) => ({
    key: `${own}/ConfigMap/${ref?.name ?? ''}/${ref?.key ?? ''}`,
    limit: limitOf(ref?.name ?? '', ref?.key ?? '', own, catalog),
  }));
  const single = mutexes.map(({ name, namespace: own = namespace }) => ({
    key: `${own}/Mutex/${name ?? ''}`,
    limit: 1,
  }));
  return [...counted, ...single];
}

function limitOf(name: string, key: string, namespace: string, catalog: Catalog): number {
  const text = findKeyedData(catalog.configMaps, name, namespace)?.data[key];
  if (text !== undefined && /^\d+$/.test(text)) return Number(text);
  const found = text === undefined ? 'which is not there' : `which says "${text}"`;
  throw new InputError(
    `the semaphore wants a number under the key ${key} of the ConfigMap ${name} in ${namespace}, ${found}`,
  );
}
