import type { Dag } from './dag.ts';
import { isCompleted, isUnsuccessful, type NodePhase, type RunNode } from './node-table.ts';
import type { Run } from './run.ts';

/** Whether `<task>.<Result>` of a `depends` holds (workflow/controller/dag.go, evaluateDependsLogic). */
export function resultHolds(node: RunNode | undefined, result: string, run: Run): boolean {
  if (node === undefined) return false;
  const group = node.type === 'TaskGroup' ? (node.children ?? []).map((id) => run.nodes.get(id).phase) : [];
  if (result === 'AnySucceeded') return group.includes('Succeeded');
  if (result === 'AllFailed') return group.length > 0 && group.every((phase) => phase === 'Failed');
  return node.phase === (result === 'Errored' ? 'Error' : result);
}

/**
 * How a DAG ended when all its tasks are over: a target that was skipped or omitted counts as its ancestors do, and one
 * that may go wrong (`continueOn`) counts as well (dag.go, assessDAGPhase).
 */
export function dagPhase(dag: Dag): NodePhase {
  const failures = dag.targets.flatMap((task) => {
    const phase = branchPhase(dag, task.name);
    const allowed = phase === 'Failed' ? task.continueOn?.failed : task.continueOn?.error;
    return isUnsuccessful(phase) && allowed !== true ? [phase] : [];
  });
  return (dag.failFast ? failures[0] : failures.at(-1)) ?? 'Succeeded';
}

function branchPhase(dag: Dag, name: string): NodePhase {
  const phase = dag.taskNode(name)?.phase ?? 'Succeeded';
  if (isCompleted(phase)) return phase;
  const above = dag.dependsOf(name).tasks.map((each) => branchPhase(dag, each));
  return above.find(isUnsuccessful) ?? 'Succeeded';
}
