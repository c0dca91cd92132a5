import type { Parameter, SuspendTemplate } from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import { fillTags } from '../expressions/fill-tags.ts';
import { durationMilliseconds } from './duration.ts';
import type { RunNode } from './node-table.ts';
import { type PreparedCall, startNode } from './prepared-call.ts';
import type { Run } from './run.ts';

/** Waits until somebody resumes the node, or for its duration (workflow/controller/operator.go, executeSuspend). */
export async function executeSuspend(run: Run, call: PreparedCall, suspend: SuspendTemplate): Promise<RunNode> {
  const ending = call.onExit ? run.terminating : run.ending;
  const node = run.nodes.find(call.name) ?? startNode(run, call, 'Suspend', 'Pending');
  const settled = new AbortController();
  const signal = AbortSignal.any([ending, settled.signal]);
  try {
    await run.gate.pass(ending);
    const duration = fillTags(suspend.duration ?? '', call.variables);
    const resumed = run.suspended.wait(node.id, signal);
    run.nodes.update(node.id, { phase: 'Running' });
    const expired = duration === '' ? [] : [run.clock.sleep(durationMilliseconds(duration), signal).then(() => ({}))];
    const supplied = await Promise.race([resumed, ...expired]);
    return finish(run, call, node, supplied);
  } catch (error) {
    if (!ending.aborted) throw error;
    return run.nodes.update(node.id, { phase: 'Failed', message: messageOf(ending.reason) });
  } finally {
    settled.abort();
  }
}

function finish(run: Run, call: PreparedCall, node: RunNode, supplied: Readonly<Record<string, string>>): RunNode {
  const wanted = (call.found.outputs?.parameters ?? []).filter(({ valueFrom }) => valueFrom?.supplied !== undefined);
  const parameters = wanted.map(({ name, valueFrom }): Parameter => {
    const value =
      supplied[name] ??
      valueFrom?.default ??
      call.found.inputs?.parameters?.find((input) => input.name === name)?.default;
    return value === undefined ? { name } : { name, value: String(value) };
  });
  const unset = parameters.find(({ value }) => value === undefined);
  if (unset !== undefined) {
    const message = `raw output parameter '${unset.name}' has not been set and does not have a default value`;
    return run.nodes.update(node.id, { phase: 'Error', message });
  }
  return run.nodes.update(node.id, {
    phase: 'Succeeded',
    ...(parameters.length === 0 ? {} : { outputs: { parameters } }),
  });
}
