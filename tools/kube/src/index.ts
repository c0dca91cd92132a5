export type { ClusterAddress } from './create-kube.ts';
export { type Ensured, type EnsureOptions, ensureObject, type WantedObject } from './ensure/ensure-object.ts';
export { isMarked, type Mark, madeByLabel, markOf, ownerAnnotation } from './ensure/mark.ts';
export { type PruneOptions, pruneObjects } from './ensure/prune-objects.ts';
export { isQuantity } from './ensure/quantity.ts';
export { type Removed, removeObject } from './ensure/remove-object.ts';
export { showDifference } from './ensure/show-difference.ts';
export type { Kube, NewObject, WritableKube } from './kube.ts';
export { KubeObject, nameOf, type ObjectName } from './kube-object.ts';
