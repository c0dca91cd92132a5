import type { DAGTask, LifecycleHook, Template, WorkflowSpec, WorkflowStep } from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import type { ResolvedTemplate, TemplateCall, TemplateScope } from './template-scope.ts';

/** A template that a run can come to, with the place of the first call that leads there. */
export interface ReachableTemplate {
  template: Template;
  /** Where the names within it are looked up. */
  scope: TemplateScope;
  /** `spec.templates[build]` or `namespaced/other templates[build]`. */
  path: string;
  /** Every call that leads to it, with the template that the call stands in; the entry point stands in none. */
  callers: Caller[];
}

interface Caller {
  call: TemplateCall;
  from: Template | undefined;
  /** It is the workflow's entry point. */
  isEntry: boolean;
}

export interface Reachable {
  templates: ReachableTemplate[];
  /** Calls that lead nowhere. */
  problems: string[];
}

/** Follows every call from the entry point, the exit handlers and the hooks on. */
export function reachableTemplates(spec: WorkflowSpec, scope: TemplateScope): Reachable {
  const found = new Map<Template, ReachableTemplate>();
  const problems: string[] = [];
  const follow = (call: TemplateCall, from: TemplateScope, where: string, within?: Template): void => {
    const resolved = attempt(call, from, where, problems);
    if (resolved === undefined) return;
    const { template } = resolved;
    problems.push(
      ...withoutValue(template, call).map(
        (name) => `${where}: inputs.parameters.${name} of ${template.name ?? ''} was not supplied`,
      ),
    );
    const known = found.get(template);
    const caller = { call, from: within, isEntry: where === 'spec.entrypoint' };
    known?.callers.push(caller);
    if (known !== undefined) return;
    const path = `${pathOf(resolved.scope)}templates[${template.name ?? ''}]`;
    found.set(template, { template, scope: resolved.scope, path, callers: [caller] });
    for (const [inner, place] of callsOf(template)) follow(inner, resolved.scope, `${path}.${place}`, template);
  };
  for (const [call, where] of entryCalls(spec)) follow(call, scope, where);
  return { templates: [...found.values()], problems };
}

/** Inputs that neither the call nor the template gives a value. */
function withoutValue({ inputs }: Template, call: TemplateCall): string[] {
  const given = (call.arguments?.parameters ?? []).map(({ name }) => name);
  return (inputs?.parameters ?? [])
    .filter(
      ({ name, value, valueFrom, default: fallback }) =>
        !given.includes(name) && [value, valueFrom, fallback].every((each) => each === undefined),
    )
    .map(({ name }) => name);
}

function attempt(
  call: TemplateCall,
  from: TemplateScope,
  where: string,
  problems: string[],
): ResolvedTemplate | undefined {
  try {
    return from.resolve(call);
  } catch (error) {
    problems.push(`${where}: ${messageOf(error)}`);
    return undefined;
  }
}

function pathOf(scope: TemplateScope): string {
  return scope.id.startsWith('local/') ? 'spec.' : `${scope.id} `;
}

function entryCalls(spec: WorkflowSpec): [TemplateCall, string][] {
  const given = spec.arguments === undefined ? {} : { arguments: spec.arguments };
  const onExit: [TemplateCall, string][] =
    spec.onExit === undefined ? [] : [[{ template: spec.onExit, ...given }, 'spec.onExit']];
  return [
    [{ template: spec.entrypoint ?? '', ...given }, 'spec.entrypoint'],
    ...onExit,
    ...hookCalls(spec.hooks, 'spec.hooks'),
  ];
}

/** The calls within a template, each with its place. */
export function callsOf(template: Template): [TemplateCall, string][] {
  const groups = (template.steps ?? []).flatMap((group, index) =>
    group.flatMap((step) => nestedCalls(step, `steps[${index}].${step.name ?? ''}`)),
  );
  const tasks = (template.dag?.tasks ?? []).flatMap((task) => nestedCalls(task, `dag.tasks[${task.name}]`));
  return [...groups, ...tasks];
}

function nestedCalls(call: WorkflowStep | DAGTask, where: string): [TemplateCall, string][] {
  const onExit: [TemplateCall, string][] =
    call.onExit === undefined ? [] : [[{ template: call.onExit }, `${where}.onExit`]];
  return [[call, where], ...onExit, ...hookCalls(call.hooks, `${where}.hooks`)];
}

function hookCalls(
  hooks: Readonly<Record<string, LifecycleHook>> | undefined,
  where: string,
): [TemplateCall, string][] {
  return Object.entries(hooks ?? {}).map(([name, hook]) => [hook, `${where}.${name}`]);
}
