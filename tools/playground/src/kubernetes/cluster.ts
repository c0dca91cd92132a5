import { join } from 'node:path';
import type { Clock } from '@luban-ci/core';
import { type CheckShape, createCheckShape } from './check-shape.ts';
import { ensureFirstNamespaces } from './first-namespaces.ts';
import { createObjectStore, type ObjectStore } from './object-store.ts';

/** The API server's side of a small cluster, without anything that runs in one. */
export interface Cluster {
  store: ObjectStore;
  clock: Clock;
  check(): Promise<CheckShape>;
  /** Resolves when there is what every cluster starts with. */
  ready(): Promise<void>;
}

/** Nothing is read or compiled before somebody asks. */
export function createCluster(folder: string, clock: Clock): Cluster {
  const store = createObjectStore(join(folder, 'kubernetes'));
  let checking: Promise<CheckShape> | undefined;
  let starting: Promise<void> | undefined;
  const check = (): Promise<CheckShape> => {
    checking ??= createCheckShape();
    return checking;
  };
  return {
    ...{ store, clock, check },
    ready: () => {
      starting ??= store.inTurn(() => ensureFirstNamespaces(store, clock, check));
      return starting;
    },
  };
}
