import type { KubeObject, ObjectName } from './kube-object.ts';

/** What a new object looks like before the cluster has named and dated it. */
export interface NewObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name?: string;
    generateName?: string;
    namespace?: string;
    labels?: Record<string, string>;
    annotations?: Record<string, string>;
  };
  [field: string]: unknown;
}

/**
 * A cluster. What does not exist is `undefined`. Every method throws StepError when the cluster refuses (401, 403, 422),
 * RetryableError when it is away or overloaded.
 */
export interface Kube {
  read(object: ObjectName): Promise<KubeObject | undefined>;
  list(kind: { apiVersion: string; kind: string; namespace: string; labelSelector: string }): Promise<KubeObject[]>;
  /** `undefined` when an object of that name is there already. */
  create(object: NewObject): Promise<KubeObject | undefined>;
  /** Server-side apply as field manager `luban-ci`: creates the object, or changes what we said of it and nothing else. */
  apply(object: NewObject): Promise<KubeObject>;
  /** Lines of a container's log as they come, until it ends. */
  followLog(pod: { namespace: string; name: string; container: string }, onLine: (line: string) => void): Promise<void>;
}
