import type { NewObject, WritableKube } from '../kube.ts';
import { KubeObject } from '../kube-object.ts';

/** What a test may do to the objects behind everybody's back. */
export interface MemoryKube extends WritableKube {
  /** Calls in order: `replace ConfigMap snd-payment/a`. */
  calls: string[];
  /** Called before each write; a test changes something here, as another client would. */
  beforeWrite: (call: string) => Promise<void> | void;
  /** Changes what is stored, as an admission webhook would. */
  onStore: (object: KubeObject) => KubeObject;
}

/** A cluster in memory, for tests of what a server cannot be made to do. It keeps the same contract. */
export function memoryKube(): MemoryKube {
  const stored = new Map<string, KubeObject>();
  let version = 0;
  const put = (object: NewObject, uid: string): KubeObject => {
    version += 1;
    const metadata = { ...object.metadata, uid, resourceVersion: String(version) };
    const kept = KubeObject.parse(structuredClone(kube.onStore({ ...object, metadata })));
    stored.set(keyOf(kept), kept);
    return structuredClone(kept);
  };
  const current = (object: NewObject): KubeObject | undefined => {
    const found = stored.get(keyOf(object));
    return found?.metadata.resourceVersion === object.metadata['resourceVersion'] ? found : undefined;
  };
  const writing = async (verb: string, object: NewObject): Promise<void> => {
    const call = `${verb} ${object.kind} ${object.metadata.name}`;
    await kube.beforeWrite(call);
    kube.calls.push(call);
  };
  const kube: MemoryKube = {
    calls: [],
    beforeWrite: () => {},
    onStore: (object) => object,
    read: async (name) => structuredClone(stored.get(keyOf({ ...name, metadata: { ...name } }))),
    list: async ({ kind, namespace, labelSelector }) =>
      [...stored.values()].filter(
        (each) => each.kind === kind && each.metadata.namespace === namespace && selects(labelSelector, each),
      ),
    create: async (object) => {
      await writing('create', object);
      return stored.has(keyOf(object)) ? undefined : put(object, `uid-${version}`);
    },
    replace: async (object) => {
      await writing('replace', object);
      const found = current(object);
      return found === undefined ? undefined : put(object, found.metadata.uid ?? '');
    },
    delete: async (object) => {
      await writing('delete', object);
      return current(object) !== undefined && stored.delete(keyOf(object));
    },
    has: async () => true,
    apply: () => Promise.reject(new Error('there is no server to apply on')),
    followLog: () => Promise.reject(new Error('there are no pods')),
  };
  return kube;
}

function keyOf({ kind, metadata }: { kind: string; metadata: NewObject['metadata'] }): string {
  return [kind, metadata.namespace ?? '', metadata.name ?? ''].join('/');
}

function selects(selector: string | undefined, { metadata }: KubeObject): boolean {
  const [label = '', value = ''] = selector?.split('=') ?? [];
  return selector === undefined || metadata.labels?.[label] === value;
}
