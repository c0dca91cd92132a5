import { RetryableError } from '@luban-ci/core';
import type { KubeObject, WritableKube } from '@luban-ci/kube';
import { z } from 'zod';
import { parseSeenHeads, type SeenHeads, serialiseSeenHeads } from './seen-heads.ts';

/** What is remembered of the repositories, in the ConfigMap `luban-heads`: one key for each. */
export interface HeadsMemory {
  recall(key: string): SeenHeads | undefined;
  /** Writes one key, and nothing when it stands there already. */
  keep(key: string, seen: SeenHeads): Promise<void>;
}

const [apiVersion, kind, name] = ['v1', 'ConfigMap', 'luban-heads'];
const mostLooks = 6;

export async function openHeadsMemory(kube: WritableKube, namespace: string): Promise<HeadsMemory> {
  const place = { apiVersion, kind, name, namespace };
  let live = await kube.read(place);
  return {
    recall: (key) => parseSeenHeads(dataOf(live)[key]),
    keep: async (key, seen) => {
      const text = serialiseSeenHeads(seen);
      for (let look = 0; look < mostLooks; look += 1) {
        const data = dataOf(live);
        if (data[key] === text) return;
        const next = { ...data, [key]: text };
        const written = await (live === undefined
          ? kube.create({ apiVersion, kind, metadata: { name, namespace }, data: next })
          : kube.replace({ ...live, data: next }));
        live = written ?? (await kube.read(place));
        if (written !== undefined) return;
      }
      throw new RetryableError(`ConfigMap ${namespace}/${name} is changed by somebody else all the time`);
    },
  };
}

function dataOf(object: KubeObject | undefined): Record<string, string> {
  return z.record(z.string(), z.string()).default({}).parse(object?.['data']);
}
