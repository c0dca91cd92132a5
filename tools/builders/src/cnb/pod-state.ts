import { KubeObject } from '@luban-ci/kube';
import { parse } from 'smol-toml';
import { z } from 'zod';

const Ended = z.looseObject({ exitCode: z.number(), reason: z.string().optional(), message: z.string().optional() });
const Waiting = z.looseObject({ reason: z.string().optional(), message: z.string().optional() });
const Container = z.looseObject({
  name: z.string(),
  state: z.looseObject({ waiting: Waiting.optional(), terminated: Ended.optional() }).default({}),
});

/** A Pod, as far as it tells how a build goes. */
export const BuildPod = KubeObject.extend({
  status: z
    .looseObject({
      phase: z.string().default('Pending'),
      reason: z.string().optional(),
      message: z.string().optional(),
      initContainerStatuses: z.array(Container).default([]),
      containerStatuses: z.array(Container).default([]),
    })
    .default({ phase: 'Pending', initContainerStatuses: [], containerStatuses: [] }),
});
export type BuildPod = z.output<typeof BuildPod>;

export type PodState =
  | { phase: 'running'; waitsFor: string | undefined }
  | { phase: 'succeeded'; digest: string | undefined }
  | { phase: 'failed'; failure: PodFailure };

/** Why a pod failed: by itself, or in one of its containers. */
export type PodFailure =
  | { kind: 'lost'; reason: string }
  | { kind: 'out-of-time' }
  | { kind: 'cannot-start'; container: string; reason: string }
  | { kind: 'out-of-memory'; container: string }
  | { kind: 'ended'; container: string; exitCode: number; said: string };

/** Reasons of the kubelet that no later look will change. */
const neverStarts = ['InvalidImageName', 'CreateContainerConfigError', 'CreateContainerError', 'RunContainerError'];
/** As shells and Kubernetes report SIGKILL and SIGTERM: the node took the pod, or somebody did. */
const killed = [137, 143];

export function stateOf({ status }: BuildPod): PodState {
  const all = [...status.initContainerStatuses, ...status.containerStatuses];
  if (status.phase === 'Succeeded') {
    const said = all.find(({ name }) => name === 'creator')?.state.terminated?.message;
    return { phase: 'succeeded', digest: digestIn(said ?? '') };
  }
  const blocked = all.find(({ state }) => neverStarts.includes(state.waiting?.reason ?? ''));
  if (blocked !== undefined) {
    const { reason = '', message = '' } = blocked.state.waiting ?? {};
    const why = [reason, message].filter(Boolean).join(': ');
    return { phase: 'failed', failure: { kind: 'cannot-start', container: blocked.name, reason: why } };
  }
  if (status.phase === 'Failed') return { phase: 'failed', failure: failureOf(status, all) };
  const waiting = all.find(
    ({ state }) => state.waiting?.reason?.startsWith('ErrImage') || state.waiting?.reason?.endsWith('BackOff'),
  );
  return { phase: 'running', waitsFor: waiting?.state.waiting?.message ?? waiting?.state.waiting?.reason };
}

function failureOf(
  { reason, message }: BuildPod['status'],
  containers: readonly z.output<typeof Container>[],
): PodFailure {
  if (reason === 'DeadlineExceeded') return { kind: 'out-of-time' };
  const failed = containers.find(({ state }) => (state.terminated?.exitCode ?? 0) !== 0);
  const ended = failed?.state.terminated;
  if (failed === undefined || ended === undefined || reason !== undefined) {
    return { kind: 'lost', reason: [reason, message].filter(Boolean).join(': ') || 'no container of it says why' };
  }
  if (ended.reason === 'OOMKilled') return { kind: 'out-of-memory', container: failed.name };
  if (killed.includes(ended.exitCode)) return { kind: 'lost', reason: `${failed.name} was ended from outside` };
  const said = ended.message?.trim() ?? '';
  return { kind: 'ended', container: failed.name, exitCode: ended.exitCode, said };
}

const Report = z.looseObject({ image: z.looseObject({ digest: z.string() }) });

/** What `creator` reports (https://github.com/buildpacks/spec/blob/main/platform.md#reporttoml-toml). */
function digestIn(report: string): string | undefined {
  try {
    return Report.safeParse(parse(report)).data?.image.digest;
  } catch {
    return undefined;
  }
}
