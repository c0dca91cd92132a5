import type { WritableKube } from '../kube.ts';
import { isMarked, type Mark, madeByLabel } from './mark.ts';
import { type Removed, removeObject } from './remove-object.ts';

/** Which objects of a namespace may stay. */
export interface PruneOptions {
  mark: Mark;
  dryRun: boolean;
  namespace: string;
  kinds: readonly { apiVersion: string; kind: string }[];
  /** Called for what carries the mark. */
  isWanted: (object: { kind: string; name: string }) => boolean;
}

/** Takes away what carries our mark and is no longer wanted. What others made is not looked at. */
export async function pruneObjects(kube: WritableKube, options: PruneOptions): Promise<Removed[]> {
  const { mark, namespace, kinds, isWanted } = options;
  const labelSelector = `${madeByLabel}=${mark.step}`;
  const removed: Removed[] = [];
  for (const { apiVersion, kind } of kinds) {
    for (const object of await kube.list({ apiVersion, kind, namespace, labelSelector })) {
      const { name = '' } = object.metadata;
      if (!isMarked(object, mark) || isWanted({ kind, name })) continue;
      removed.push(await removeObject(kube, { apiVersion, kind, namespace, name }, options));
    }
  }
  return removed;
}
