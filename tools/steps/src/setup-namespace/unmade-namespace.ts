import type { WritableKube } from '@luban-ci/kube';

/** The cluster as a dry run has to see it: in a namespace that is not made yet there is nothing, and nobody may ask. */
export function withoutNamespace(kube: WritableKube, unmade: string): WritableKube {
  return {
    ...kube,
    read: async (object) => (object.namespace === unmade ? undefined : kube.read(object)),
    list: async (kind) => (kind.namespace === unmade ? [] : kube.list(kind)),
  };
}
