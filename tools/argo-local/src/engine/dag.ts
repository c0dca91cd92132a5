import type { DAGTask, DAGTemplate } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import { fillTags } from '../expressions/fill-tags.ts';
import type { Boundary } from './call.ts';
import { type Depends, dependsOf } from './depends.ts';
import type { RunNode } from './node-table.ts';
import { aggregateVariables, emptyOutputs, nodeVariables } from './node-variables.ts';
import type { PreparedCall } from './prepared-call.ts';
import type { Run } from './run.ts';

/** The tasks of one DAG node, who waits for whom, and what they know of each other. */
export interface Dag {
  boundary: Boundary;
  failFast: boolean;
  /** Tasks that nobody waits for, by name; or those that `target` names. */
  targets: DAGTask[];
  task(name: string): DAGTask;
  nodeName(task: string): string;
  taskNode(name: string): RunNode | undefined;
  dependsOf(task: string): Depends;
  /** What a task may name: all that its ancestors left behind (dag.go, buildLocalScopeFromTask). */
  variablesFor(task: string): Map<string, string>;
  variablesAfterAll(): Map<string, string>;
}

export function createDag(run: Run, call: PreparedCall, template: DAGTemplate, boundary: Boundary): Dag {
  const tasks = template.tasks ?? [];
  const depends = new Map(tasks.map((task) => [task.name, dependsOf(task, tasks)]));
  const dependsOn = (name: string): Depends => found(depends.get(name), name);
  const task = (name: string): DAGTask =>
    found(
      tasks.find((each) => each.name === name),
      name,
    );
  const nodeName = (name: string): string => `${call.name}.${name}`;
  const ancestors = (name: string, seen = new Set<string>()): Set<string> => {
    for (const each of dependsOn(name).tasks.filter((dependency) => !seen.has(dependency)))
      ancestors(each, seen.add(each));
    return seen;
  };
  const variablesOf = (names: Iterable<string>, neverRan: 'empty' | 'absent'): Map<string, string> => {
    const left = [...names].flatMap((name) => taskVariables(run, call, task(name), nodeName(name), neverRan));
    return new Map([...call.variables, ...run.globals, ...left]);
  };
  return {
    boundary,
    failFast: template.failFast !== false,
    targets: targetNames({ ...template, target: fillTags(template.target ?? '', call.variables) }, depends).map(task),
    task,
    nodeName,
    taskNode: (name) => run.nodes.find(nodeName(name)),
    dependsOf: dependsOn,
    variablesFor: (name) => variablesOf(ancestors(name), 'empty'),
    variablesAfterAll: () =>
      variablesOf(
        tasks.map(({ name }) => name),
        'absent',
      ),
  };
}

function found<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new InputError(`${name} is not a task of this dag`);
  return value;
}

function targetNames({ target = '', tasks = [] }: DAGTemplate, depends: ReadonlyMap<string, Depends>): string[] {
  if (target !== '') return target.split(' ');
  const awaited = new Set([...depends.values()].flatMap((each) => each.tasks));
  return tasks
    .map(({ name }) => name)
    .filter((name) => !awaited.has(name))
    .sort();
}

/** Outputs of a task that was skipped or omitted are empty texts for other tasks, and not there for the DAG's own outputs. */
function taskVariables(
  run: Run,
  call: PreparedCall,
  task: DAGTask,
  nodeName: string,
  whenItNeverRan: 'empty' | 'absent',
): [string, string][] {
  const node = run.nodes.find(nodeName);
  if (node === undefined) return [];
  const prefix = `tasks.${task.name}`;
  const turns = (node.type === 'TaskGroup' ? (node.children ?? []) : []).map((id) => run.nodes.get(id));
  const neverRan = (node.phase === 'Skipped' || node.phase === 'Omitted') && node.outputs === undefined;
  return [
    ...(neverRan && whenItNeverRan === 'empty' ? emptyOutputs(prefix, call.inner.resolve(task).template) : []),
    ...(node.type === 'TaskGroup' ? aggregateVariables(prefix, turns) : []),
    ...nodeVariables(prefix, node),
  ];
}
