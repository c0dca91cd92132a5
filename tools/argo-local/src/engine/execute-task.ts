import type { DAGTask } from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import type { Call } from './call.ts';
import type { Dag } from './dag.ts';
import { type ExecuteTemplate, runExitHook } from './exit-hook.ts';
import { isLoop } from './expand-items.ts';
import { type ExpandedCall, expandCall } from './expanded-calls.ts';
import { isUnsuccessful, type RunNode } from './node-table.ts';
import { type PreparedCall, startNode } from './prepared-call.ts';
import type { Run } from './run.ts';
import { wantsResult } from './wants-result.ts';

/** Runs a task whose dependencies are over: once, or once for each item below a TaskGroup node. */
export async function executeTask(
  run: Run,
  call: PreparedCall,
  dag: Dag,
  task: DAGTask,
  parents: readonly string[],
  execute: ExecuteTemplate,
): Promise<RunNode | undefined> {
  const variables = dag.variablesFor(task.name);
  const own = callOf(call, dag, task, task.name, parents);
  const expanded = expandOrExplain(task, variables);
  if (typeof expanded === 'string') return startNode(run, own, 'Skipped', 'Error', expanded);
  const [only] = expanded;
  if (!isLoop(task))
    return only === undefined ? undefined : executeOne(run, call, dag, { ...only, variables, parents }, execute);
  if (expanded.length === 0) return startNode(run, own, 'Skipped', 'Skipped', 'Skipped, empty params');
  const group = startNode(run, own, 'TaskGroup', 'Running');
  const turns = expanded.map((each) =>
    executeOne(run, call, dag, { ...each, variables, parents: [group.id] }, execute),
  );
  const ended = await Promise.all(turns);
  if (ended.includes(undefined)) return undefined;
  const failed = ended.findLast((node) => node !== undefined && isUnsuccessful(node.phase));
  return run.nodes.update(group.id, { phase: failed?.phase ?? 'Succeeded' });
}

interface Turn extends ExpandedCall<DAGTask> {
  variables: Map<string, string>;
  parents: readonly string[];
}

async function executeOne(
  run: Run,
  call: PreparedCall,
  dag: Dag,
  turn: Turn,
  execute: ExecuteTemplate,
): Promise<RunNode | undefined> {
  const own = callOf(call, dag, turn.call, turn.name, turn.parents);
  if (turn.skipped !== undefined) return startNode(run, own, 'Skipped', 'Skipped', turn.skipped);
  const node = await execute(run, own);
  if (node === undefined) return undefined;
  const hooked = {
    owner: turn.call,
    prefix: `tasks.${turn.call.name}`,
    node,
    boundary: dag.boundary,
    variables: turn.variables,
  };
  await runExitHook(run, call, hooked, execute);
  return node;
}

function callOf(call: PreparedCall, dag: Dag, task: DAGTask, name: string, parents: readonly string[]): Call {
  return {
    name: dag.nodeName(name),
    template: task,
    scope: call.inner,
    args: task.arguments ?? {},
    boundary: dag.boundary,
    parents,
    local: ['tasks.name', name],
    onExit: call.onExit,
    wantsResult: wantsResult(task.name, call.found),
  };
}

function expandOrExplain(task: DAGTask, variables: Map<string, string>): ExpandedCall<DAGTask>[] | string {
  try {
    return expandCall(task, variables);
  } catch (error) {
    return messageOf(error);
  }
}
