import { type Clock, type Log, RetryableError, StepError } from '@luban-ci/core';
import type { ImageRepository, RegistryClient } from '@luban-ci/images';
import type { WritableKube } from '@luban-ci/kube';
import { followPod } from '../follow-pod.ts';
import { failureOfBuild } from './build-failure.ts';
import { type CnbBuild, containers, podName } from './build-pod.ts';
import { BuildPod, stateOf } from './pod-state.ts';

export interface Waiting {
  kube: WritableKube;
  registry: RegistryClient;
  image: ImageRepository;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  deadlineSeconds: number;
}

const pollSeconds = 1;
/** How long the log of a build that has ended may take to arrive. */
const lastLinesSeconds = 5;

/**
 * Waits for the end of a build's pod, and takes the pod away when it succeeded.
 *
 * @returns the digest of the image
 * @throws StepError when the source cannot be built, or the registry refuses; RetryableError when the pod was lost, the
 *   registry is away, or the deadline passes
 */
export async function waitForPod(build: CnbBuild, waiting: Waiting): Promise<string> {
  const { kube, clock, signal, log } = waiting;
  const pod = { namespace: build.namespace, name: podName(build) };
  const deadline = clock.now().getTime() + waiting.deadlineSeconds * 1000;
  const ended = new AbortController();
  const following = followPod(pod, containers, { ...waiting, signal: AbortSignal.any([signal, ended.signal]) });
  const told = { waitsFor: '' };
  try {
    while (clock.now().getTime() < deadline) {
      const found = await kube.read({ apiVersion: 'v1', kind: 'Pod', ...pod });
      if (found === undefined) throw new RetryableError(`The pod of the build, ${pod.name}, was deleted while it ran`);
      const state = stateOf(BuildPod.parse(found));
      if (state.phase !== 'running') await Promise.race([following, clock.sleep(lastLinesSeconds * 1000, signal)]);
      if (state.phase === 'succeeded') {
        const digest = state.digest ?? (await digestOfTag(build, waiting));
        await kube.delete(found);
        return digest;
      }
      if (state.phase === 'failed') throw await failureOfBuild(state.failure, build, () => askRegistry(build, waiting));
      if (state.waitsFor !== undefined && state.waitsFor !== told.waitsFor) log.warn(state.waitsFor);
      told.waitsFor = state.waitsFor ?? '';
      await clock.sleep(pollSeconds * 1000, signal);
    }
    throw await failureOfBuild({ kind: 'out-of-time' }, build, async () => {});
  } finally {
    ended.abort();
  }
}

function askRegistry(build: CnbBuild, { registry, image }: Waiting): Promise<{ digest: string } | undefined> {
  return registry.resolve({ ...image, tag: build.tags[0] });
}

/** The report of a container is cut at 4096 bytes; then the tag that it pushed tells. */
async function digestOfTag(build: CnbBuild, waiting: Waiting): Promise<string> {
  const found = await askRegistry(build, waiting);
  if (found !== undefined) return found.digest;
  throw new StepError(`The lifecycle succeeded, but ${build.repository}:${build.tags[0]} is not in the registry`);
}
