import { StepError } from '@luban-ci/core';
import { KubeObject } from '@luban-ci/kube';
import { z } from 'zod';
import { requestVariable } from './image-object.ts';

const Variables = z.array(z.object({ name: z.string(), value: z.string().optional() })).default([]);
const Condition = z.object({
  type: z.string(),
  status: z.enum(['True', 'False', 'Unknown']),
  reason: z.string().optional(),
  message: z.string().optional(),
});

/** A kpack Build (kpack.io/v1alpha2), as far as it is read. */
export const KpackBuild = KubeObject.extend({
  spec: z.looseObject({ env: Variables }),
  status: z
    .looseObject({
      conditions: z.array(Condition).default([]),
      latestImage: z.string().optional(),
      podName: z.string().optional(),
      stepsCompleted: z.array(z.string()).default([]),
    })
    .optional(),
});
export type KpackBuild = z.output<typeof KpackBuild>;

const Image = KubeObject.extend({ spec: z.looseObject({ build: z.looseObject({ env: Variables }).optional() }) });

/** The request that a Build was made for. */
export function requestOf(build: KpackBuild): string | undefined {
  return build.spec.env.find(({ name }) => name === requestVariable)?.value;
}

/** The request that an Image asks for at present. */
export function requestOfImage(object: KubeObject): string | undefined {
  const image = Image.safeParse(object);
  return image.data?.spec.build?.env.find(({ name }) => name === requestVariable)?.value;
}

export type BuildState =
  | { phase: 'running' }
  | { phase: 'succeeded'; digest: string }
  | { phase: 'failed'; reason: string };

/** @throws StepError when a finished Build does not say what it made */
export function stateOf(build: KpackBuild): BuildState {
  const condition = build.status?.conditions.find(({ type }) => type === 'Succeeded');
  if (condition === undefined || condition.status === 'Unknown') return { phase: 'running' };
  if (condition.status === 'False') {
    return { phase: 'failed', reason: condition.message || condition.reason || 'kpack gives no reason' };
  }
  const digest = build.status?.latestImage?.split('@')[1];
  if (digest !== undefined) return { phase: 'succeeded', digest };
  throw new StepError(`kpack's Build ${build.metadata.name} succeeded without saying which image it made`);
}
