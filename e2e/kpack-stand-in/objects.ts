import { z } from 'zod';

const Variables = z.array(z.object({ name: z.string(), value: z.string().optional() })).default([]);
const Metadata = z.looseObject({
  name: z.string(),
  namespace: z.string(),
  uid: z.string(),
  labels: z.record(z.string(), z.string()).default({}),
});
const Git = z.object({ url: z.string(), revision: z.string() });
const Source = z.object({ git: Git, subPath: z.string().optional() });

/** An Image (kpack.io/v1alpha2), as far as a build is made of it. */
export const Image = z.looseObject({
  metadata: Metadata,
  spec: z.object({
    tag: z.string(),
    additionalTags: z.array(z.string()).default([]),
    serviceAccountName: z.string().default('default'),
    builder: z.object({ kind: z.string(), name: z.string() }),
    source: Source,
    build: z.looseObject({ env: Variables }).default({ env: [] }),
  }),
});
export type Image = z.output<typeof Image>;

/** A Build (kpack.io/v1alpha2). */
export const Build = z.looseObject({
  metadata: Metadata,
  spec: z.looseObject({
    tags: z.array(z.string()),
    serviceAccountName: z.string(),
    source: Source,
    env: Variables,
  }),
  status: z
    .looseObject({ conditions: z.array(z.looseObject({ type: z.string(), status: z.string() })).default([]) })
    .optional(),
});
export type Build = z.output<typeof Build>;

/** A build's pod, as far as it tells how the build goes. */
export const Pod = z.looseObject({
  metadata: Metadata,
  status: z.looseObject({
    phase: z.string(),
    initContainerStatuses: z
      .array(
        z.looseObject({
          name: z.string(),
          state: z.looseObject({
            terminated: z.looseObject({ exitCode: z.number(), message: z.string().optional() }).optional(),
          }),
        }),
      )
      .default([]),
  }),
});
export type Pod = z.output<typeof Pod>;

/** Labels by which kpack finds what belongs to what. */
export const labels = { image: 'image.kpack.io/image', number: 'image.kpack.io/buildNumber', build: 'kpack.io/build' };

export function isEnded(build: Build): boolean {
  return build.status?.conditions.some(({ type, status }) => type === 'Succeeded' && status !== 'Unknown') ?? false;
}
