import type { DAGTask, LifecycleHook, WorkflowStep } from '@luban-ci/argo-workflows-schema';
import { evaluateCondition } from '../expressions/evaluate-expression.ts';
import { fillAllTags } from '../expressions/fill-tags.ts';
import type { Boundary, Call } from './call.ts';
import { isCompleted, type RunNode } from './node-table.ts';
import { nodeVariables } from './node-variables.ts';
import type { PreparedCall } from './prepared-call.ts';
import type { Run } from './run.ts';
import { workflowArguments } from './workflow-arguments.ts';

export type ExecuteTemplate = (run: Run, call: Call) => Promise<RunNode | undefined>;

interface Hooked {
  owner: WorkflowStep | DAGTask;
  /** `steps.build` or `tasks.build` */
  prefix: string;
  node: RunNode;
  boundary: Boundary;
  variables: Map<string, string>;
}

/**
 * Runs the exit handler of a step or task that ran to its end, as `<node>.onExit`. However it ends, its owner keeps its
 * phase (workflow/controller/exit_handler.go).
 */
export async function runExitHook(
  run: Run,
  call: PreparedCall,
  hooked: Hooked,
  execute: ExecuteTemplate,
): Promise<void> {
  const { onExit = '', hooks } = hooked.owner;
  const hook: LifecycleHook | undefined = onExit === '' ? hooks?.['exit'] : { template: onExit };
  if (hook === undefined || !isCompleted(hooked.node.phase)) return;
  const variables = new Map([...hooked.variables, ...nodeVariables(hooked.prefix, hooked.node)]);
  if (hook.expression !== undefined && hook.expression !== '' && !evaluateCondition(hook.expression, variables)) return;
  await execute(run, {
    name: `${hooked.node.name}.onExit`,
    template: hook,
    scope: call.inner,
    // The old field `onExit` names a template only, which then gets the workflow's arguments.
    args: onExit === '' ? fillAllTags(hook.arguments ?? {}, variables) : workflowArguments(run),
    boundary: { id: hooked.boundary.id, closed: () => false },
    parents: [hooked.node.id],
    onExit: true,
    hooked: true,
    wantsResult: false,
  });
}
