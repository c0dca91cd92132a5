import { type Clock, RetryableError } from '@luban-ci/core';
import type { WritableKube } from '@luban-ci/kube';
import { buildLabel, buildPod, type CnbBuild, podName } from './build-pod.ts';
import { BuildPod } from './pod-state.ts';

export interface Ensuring {
  kube: WritableKube;
  clock: Clock;
  signal: AbortSignal;
}

/** How long an ended pod of the same request may take to be gone. */
const goneSeconds = 60;

/**
 * The pod of this request: the one that an earlier try made, while it runs or when it succeeded; otherwise a new one. What
 * ended builds of the application left is cleared away.
 *
 * @throws RetryableError when an ended pod does not go
 */
export async function ensurePod(build: CnbBuild, ensuring: Ensuring): Promise<{ namespace: string; name: string }> {
  const { kube, clock, signal } = ensuring;
  const { namespace } = build;
  const name = podName(build);
  const labelSelector = `${buildLabel}=${build.app}`;
  const pods = await kube.list({ apiVersion: 'v1', kind: 'Pod', namespace, labelSelector });
  for (const pod of pods) {
    const { phase } = BuildPod.parse(pod).status;
    if (phase === 'Failed' || (phase === 'Succeeded' && pod.metadata.name !== name)) await kube.delete(pod);
  }
  const deadline = clock.now().getTime() + goneSeconds * 1000;
  for (;;) {
    if ((await kube.create(buildPod(build))) !== undefined) return { namespace, name };
    const found = await kube.read({ apiVersion: 'v1', kind: 'Pod', namespace, name });
    const isUsable = found !== undefined && found.metadata.deletionTimestamp === undefined;
    if (isUsable && BuildPod.parse(found).status.phase !== 'Failed') return { namespace, name };
    if (clock.now().getTime() >= deadline) {
      throw new RetryableError(`The ended Pod ${namespace}/${name} is not gone after ${goneSeconds} s`);
    }
    await clock.sleep(1_000, signal);
  }
}
