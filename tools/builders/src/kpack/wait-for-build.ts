import { type Clock, type Log, RetryableError, StepError } from '@luban-ci/core';
import type { Kube } from '@luban-ci/kube';
import { type Following, followPod } from '../follow-pod.ts';
import { KpackBuild, requestOf, requestOfImage, stateOf } from './build-object.ts';
import type { KpackImage } from './image-object.ts';

export interface Waiting {
  kube: Kube;
  clock: Clock;
  log: Log;
  signal: AbortSignal;
  deadlineSeconds: number;
}

/** The containers of a kpack build pod, in the order in which they run. */
const phases = ['prepare', 'analyze', 'detect', 'restore', 'build', 'export', 'completion'];
const pollSeconds = 2;
/** How long the log of a build that has ended may take to arrive. */
const lastLinesSeconds = 5;

/**
 * Waits for the Build that carries our request id, and for its end. An older Build of the same commit does not count.
 *
 * @returns the digest of the image
 * @throws StepError when the build fails, or when a newer request took the Image over before ours was built;
 *   RetryableError when the deadline passes
 */
export async function waitForBuild(image: KpackImage, waiting: Waiting): Promise<string> {
  const { clock, signal, log } = waiting;
  const deadline = clock.now().getTime() + waiting.deadlineSeconds * 1000;
  const ended = new AbortController();
  const told = { build: '', following: Promise.resolve() };
  try {
    while (clock.now().getTime() < deadline) {
      const build = await findBuild(image, waiting.kube);
      const name = build?.metadata.name ?? '';
      if (build?.status?.podName !== undefined && told.build !== name) {
        told.build = name;
        log.info(`kpack builds ${image.revision} as ${name}`);
        told.following = followBuild(build, { ...waiting, signal: AbortSignal.any([signal, ended.signal]) });
      }
      const state = build === undefined ? await stillOurs(image, waiting.kube) : stateOf(build);
      if (state.phase !== 'running') await Promise.race([told.following, clock.sleep(lastLinesSeconds * 1000, signal)]);
      if (state.phase === 'succeeded') return state.digest;
      if (state.phase === 'failed') throw new StepError(`kpack could not build ${image.revision}: ${state.reason}`);
      await clock.sleep(pollSeconds * 1000, signal);
    }
    throw outOfTime(image, told.build, waiting.deadlineSeconds);
  } finally {
    ended.abort();
  }
}

async function findBuild(image: KpackImage, kube: Kube): Promise<KpackBuild | undefined> {
  const { namespace, name } = image;
  const labelSelector = `image.kpack.io/image=${name}`;
  const builds = await kube.list({ apiVersion: 'kpack.io/v1alpha2', kind: 'Build', namespace, labelSelector });
  return builds.map((each) => KpackBuild.parse(each)).find((build) => requestOf(build) === image.requestId);
}

/** Before kpack has made our Build, a newer request may have replaced ours: then it never will. */
async function stillOurs(image: KpackImage, kube: Kube): Promise<{ phase: 'running' }> {
  const { name, namespace } = image;
  const object = await kube.read({ apiVersion: 'kpack.io/v1alpha2', kind: 'Image', name, namespace });
  const current = object === undefined ? undefined : requestOfImage(object);
  if (current === image.requestId) return { phase: 'running' };
  throw new StepError(`The build of ${image.revision} was superseded before it began`, {
    hint:
      current === undefined
        ? 'The kpack Image was deleted.'
        : `Request ${current} replaced it; its pipeline deploys the newer commit.`,
  });
}

function outOfTime(image: KpackImage, build: string, seconds: number): RetryableError {
  const what = build === '' ? `kpack did not begin to build ${image.revision}` : `kpack's ${build} did not end`;
  return new RetryableError(`${what} within ${seconds} s`, {
    hint: `Look at it: kubectl -n ${image.namespace} describe image.kpack.io ${image.name}`,
  });
}

async function followBuild(build: KpackBuild, following: Following): Promise<void> {
  const { podName: name } = build.status ?? {};
  const { namespace } = build.metadata;
  if (name !== undefined && namespace !== undefined) await followPod({ namespace, name }, phases, following);
}
