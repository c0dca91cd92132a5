import type { DAGTask, DAGTemplate } from '@luban-ci/argo-workflows-schema';
import { createBoundary, failedFast } from './boundary.ts';
import { createDag, type Dag } from './dag.ts';
import { dagPhase, resultHolds } from './dag-phase.ts';
import { executeTask } from './execute-task.ts';
import type { ExecuteTemplate } from './exit-hook.ts';
import { isUnsuccessful, type RunNode } from './node-table.ts';
import { publishOutputs, scopeOutputs } from './outputs.ts';
import { type PreparedCall, startNode } from './prepared-call.ts';
import { type Run, RunEnded } from './run.ts';

/** Runs tasks as soon as what they depend on is over (workflow/controller/dag.go). */
export async function executeDag(
  run: Run,
  call: PreparedCall,
  template: DAGTemplate,
  execute: ExecuteTemplate,
): Promise<RunNode> {
  const node = run.nodes.find(call.name) ?? startNode(run, call, 'DAG', 'Running');
  run.nodes.update(node.id, { phase: 'Running' });
  const dag = createDag(run, call, template, createBoundary(run, call, node));
  const started = new Map<string, Promise<RunNode | undefined>>();
  const start = (task: DAGTask): Promise<RunNode | undefined> => {
    const running = started.get(task.name) ?? whenReady(run, call, dag, task, start, execute);
    started.set(task.name, running);
    return running;
  };
  const ended = await Promise.all(dag.targets.map(start));
  const outboundNodes = ended.flatMap((each) => (each === undefined ? [] : run.nodes.outboundOf(each.id)));
  if (ended.includes(undefined)) {
    const message = isShutDown(run, call) ? {} : { message: failedFast };
    return run.nodes.update(node.id, { phase: 'Failed', outboundNodes, ...message });
  }
  const phase = dagPhase(dag);
  if (isUnsuccessful(phase)) return run.nodes.update(node.id, { phase, outboundNodes });
  const outputs = scopeOutputs(call.found, dag.variablesAfterAll());
  publishOutputs(run, outputs);
  return run.nodes.update(node.id, { phase, outboundNodes, ...(outputs === undefined ? {} : { outputs }) });
}

/** A DAG begins nothing more once somebody stopped the workflow; a deadline lets it go on, so that every task is told of it. */
function isShutDown(run: Run, { onExit }: PreparedCall): boolean {
  const { aborted, reason } = onExit ? run.terminating : run.ending;
  return aborted && !(reason instanceof RunEnded && reason.how === 'Deadline');
}

async function whenReady(
  run: Run,
  call: PreparedCall,
  dag: Dag,
  task: DAGTask,
  start: (task: DAGTask) => Promise<RunNode | undefined>,
  execute: ExecuteTemplate,
): Promise<RunNode | undefined> {
  const depends = dag.dependsOf(task.name);
  const before = await Promise.all(depends.tasks.map((name) => start(dag.task(name))));
  if (before.includes(undefined) || isShutDown(run, call)) return undefined;
  const parents = before.flatMap((node) => (node === undefined ? [] : run.nodes.outboundOf(node.id)));
  const connected = parents.length === 0 ? [dag.boundary.id] : parents;
  if (depends.decide((name, result) => resultHolds(dag.taskNode(name), result, run))) {
    return executeTask(run, call, dag, task, connected, execute);
  }
  const omitted = {
    name: dag.nodeName(task.name),
    template: task,
    scope: call.inner,
    args: {},
    boundary: dag.boundary,
  };
  const shared = { parents: connected, onExit: call.onExit, wantsResult: false };
  return startNode(run, { ...omitted, ...shared }, 'Skipped', 'Omitted', 'omitted: depends condition not met');
}
