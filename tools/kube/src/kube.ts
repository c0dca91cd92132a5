import type { KubeObject, ObjectName } from './kube-object.ts';

/** What a new object looks like before the cluster has named and dated it. */
export interface NewObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name?: string | undefined;
    generateName?: string | undefined;
    namespace?: string | undefined;
    labels?: Record<string, string> | undefined;
    annotations?: Record<string, string> | undefined;
    [field: string]: unknown;
  };
  [field: string]: unknown;
}

/**
 * A cluster. What does not exist is `undefined`. Every method throws StepError when the cluster refuses (401, 403, 422),
 * RetryableError when it is away or overloaded.
 */
export interface Kube {
  read(object: ObjectName): Promise<KubeObject | undefined>;
  /** Without a selector, all of the namespace. */
  list(kind: {
    apiVersion: string;
    kind: string;
    namespace: string;
    labelSelector?: string | undefined;
  }): Promise<KubeObject[]>;
  /** `undefined` when an object of that name is there already. */
  create(object: NewObject): Promise<KubeObject | undefined>;
  /** Server-side apply as field manager `luban-ci`: creates the object, or changes what we said of it and nothing else. */
  apply(object: NewObject): Promise<KubeObject>;
  /** Lines of a container's log as they come, until it ends. */
  followLog(pod: { namespace: string; name: string; container: string }, onLine: (line: string) => void): Promise<void>;
}

/** A cluster whose objects are changed one at a time, each change made to the version that was read. */
export interface WritableKube extends Kube {
  /** Writes the whole object; `undefined` when it has changed since it was read (`metadata.resourceVersion`), or is gone. */
  replace(object: KubeObject): Promise<KubeObject | undefined>;
  /** Deletes exactly what was read; false when it has changed since, or is gone. */
  delete(object: KubeObject): Promise<boolean>;
  /** Whether the cluster has this kind: of a custom resource, whether its definition is installed. */
  has(kind: { apiVersion: string; kind: string }): Promise<boolean>;
}
