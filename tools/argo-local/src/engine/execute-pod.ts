import type { Container, ScriptTemplate } from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import { fillAllTags, fillTags } from '../expressions/fill-tags.ts';
import { durationMilliseconds } from './duration.ts';
import type { RunNode } from './node-table.ts';
import { missingOutput, podOutputs, publishOutputs } from './outputs.ts';
import type { Pod, PodResult } from './pod.ts';
import { type PreparedCall, startNode } from './prepared-call.ts';
import type { Run } from './run.ts';

/** Runs a container or script template once. */
export async function executePod(run: Run, call: PreparedCall): Promise<RunNode> {
  const ending = call.onExit ? run.terminating : run.ending;
  const leave = await run.pods.enter(ending).catch(() => undefined);
  const node = run.nodes.find(call.name) ?? startNode(run, call, 'Pod', 'Pending');
  try {
    if (ending.aborted) return run.nodes.update(node.id, { phase: 'Failed', message: messageOf(ending.reason) });
    return await runOnce(run, call, node, ending);
  } finally {
    leave?.();
  }
}

/** 128 and the number of SIGTERM: what a retry may ask about a pod that is ended from outside. */
const endedFromOutside = { exitCode: '143' };

async function runOnce(run: Run, call: PreparedCall, node: RunNode, ending: AbortSignal): Promise<RunNode> {
  const pod = podOf(run, call, node);
  const deadline = deadlineOf(call);
  const signal = AbortSignal.any([ending, ...(deadline === undefined ? [] : [deadline])]);
  const fail = (message: string): RunNode => {
    const hasBegun = run.nodes.get(node.id).phase === 'Running';
    return run.nodes.update(node.id, { phase: 'Failed', message, ...(hasBegun ? { outputs: endedFromOutside } : {}) });
  };
  try {
    await run.gate.pass(signal);
    run.nodes.update(node.id, { phase: 'Running' });
    return finish(run, call, node, await run.runPod(pod, signal));
  } catch (error) {
    if (ending.aborted) return fail(messageOf(ending.reason));
    if (deadline?.aborted === true) return fail('Pod was active on the node longer than the specified deadline');
    return run.nodes.update(node.id, { phase: 'Error', message: messageOf(error) });
  }
}

/** Phase and message as Argo infers them from the pod (workflow/controller/operator.go, inferFailedReason). */
function finish(run: Run, call: PreparedCall, node: RunNode, result: PodResult): RunNode {
  const outputs = podOutputs(call.found, result, call.wantsResult);
  publishOutputs(run, outputs);
  if (result.exitCode !== 0) {
    const why = result.problem === undefined ? '' : `: ${result.problem}`;
    const message = `main: Error (exit code ${result.exitCode})${why}`;
    return run.nodes.update(node.id, { phase: 'Failed', outputs, message });
  }
  const missing = missingOutput(outputs);
  if (missing !== undefined) return run.nodes.update(node.id, { phase: 'Error', outputs, message: missing });
  return run.nodes.update(node.id, { phase: 'Succeeded', outputs });
}

function podOf(run: Run, call: PreparedCall, node: RunNode): Pod {
  const paths = (call.found.outputs?.parameters ?? []).flatMap(({ name, valueFrom }) =>
    valueFrom?.path === undefined ? [] : [{ name, path: fillTags(valueFrom.path, call.variables) }],
  );
  const named = paths.map(({ name, path }): [string, string] => [`outputs.parameters.${name}.path`, path]);
  const variables = new Map([...call.variables, ...named]);
  return {
    nodeId: node.id,
    nodeName: call.name,
    podName: variables.get('pod.name') ?? '',
    container: fillAllTags(containerOf(call), variables),
    volumes: fillAllTags([...(run.spec.volumes ?? []), ...(call.found.volumes ?? [])], variables),
    claims: (run.spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? ''),
    outputPaths: paths.map(({ path }) => path),
  };
}

function containerOf({ found, name }: PreparedCall): Container | ScriptTemplate {
  const container = found.container ?? found.script;
  if (container === undefined) throw new Error(`the template of ${name} has nothing to run`);
  return container;
}

/** Real time, whatever clock the run has: it bounds real programs. */
function deadlineOf({ found, variables }: PreparedCall): AbortSignal | undefined {
  const limits = [
    ...(found.activeDeadlineSeconds === undefined
      ? []
      : [`${fillTags(String(found.activeDeadlineSeconds), variables)}s`]),
    ...(found.timeout === undefined ? [] : [fillTags(found.timeout, variables)]),
  ].map(durationMilliseconds);
  return limits.length === 0 ? undefined : AbortSignal.timeout(Math.min(...limits));
}
