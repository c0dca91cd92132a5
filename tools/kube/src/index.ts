export { type ClusterAddress, createKube } from './create-kube.ts';
export type { Kube, NewObject } from './kube.ts';
export { KubeObject, nameOf, type ObjectName } from './kube-object.ts';
