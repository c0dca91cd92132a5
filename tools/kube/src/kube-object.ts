import { z } from 'zod';

const Texts = z.record(z.string(), z.string());

/** Any Kubernetes object: what every one has is typed, the rest is kept as it is for the caller's own schema. */
export const KubeObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string().optional(),
    generateName: z.string().optional(),
    namespace: z.string().optional(),
    uid: z.string().optional(),
    resourceVersion: z.string().optional(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).optional(),
    generation: z.number().optional(),
    creationTimestamp: z.string().optional(),
    labels: Texts.optional(),
    annotations: Texts.optional(),
  }),
});
export type KubeObject = z.output<typeof KubeObject>;

/** Which object is meant: `{ apiVersion: 'v1', kind: 'Secret', namespace: 'snd-payment', name: 'harbor-creds' }`. */
export interface ObjectName {
  apiVersion: string;
  kind: string;
  name: string;
  namespace?: string;
}

/** As people read it: `Secret snd-payment/harbor-creds`. */
export function nameOf(object: Pick<ObjectName, 'kind' | 'name' | 'namespace'>): string {
  return `${object.kind} ${object.namespace === undefined ? '' : `${object.namespace}/`}${object.name}`;
}
