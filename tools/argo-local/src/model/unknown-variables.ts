import type { DAGTask, Template, WorkflowSpec, WorkflowStep } from '@luban-ci/argo-workflows-schema';
import type { BadField } from '@luban-ci/core';
import { dependsOf } from '../engine/depends.ts';
import { isLoop } from '../engine/expand-items.ts';
import { piecesOf } from '../expressions/fill-tags.ts';
import { fieldSupport } from './field-support.ts';
import type { ReachableTemplate } from './reachable-templates.ts';
import type { TemplateScope } from './template-scope.ts';

type Known = (name: string) => boolean;
type InnerCall = WorkflowStep | DAGTask;

/**
 * Tags that name nothing, wherever a run can come to. Argo refuses most of them as well (workflow/validate/validate.go,
 * resolveAllVariables); those that it leaves as plain text are refused here, so that nobody takes them for variables.
 */
export function unknownVariables(templates: readonly ReachableTemplate[], spec: WorkflowSpec): BadField[] {
  const shared = globalNames(templates, spec);
  return templates.flatMap(({ template, scope, path }) => {
    const { steps, dag, outputs, ...rest } = withEffect(template);
    const own = namesWithin(template, shared);
    const inner = innerCalls(template).flatMap(({ call, before, place }) =>
      problemsOfCall(call, either(own, leftBy(before, template, scope)), {
        template,
        scope,
        where: `${path}.${place}`,
      }),
    );
    const all = innerCalls(template).map(({ call }) => call);
    const left = either(own, leftBy(all, template, scope));
    return [
      ...unknownIn(rest, own, path),
      ...inner,
      ...unknownIn(dag?.target, own, `${path}.dag.target`),
      ...unknownIn(outputs, left, `${path}.outputs`),
    ];
  });
}

/** Fields that are read without effect here, such as metrics, have variables of their own. */
function withEffect(template: Template): Template {
  const without = fieldSupport['Template']?.noEffect ?? [];
  return Object.fromEntries(Object.entries(template).filter(([field]) => !without.includes(field)));
}

function either(...many: readonly Known[]): Known {
  return (name) => many.some((known) => known(name));
}

function problemsOfCall(
  call: InnerCall,
  known: Known,
  { template, scope, where }: { template: Template; scope: TemplateScope; where: string },
): BadField[] {
  const item: Known = (name) => isLoop(call) && /^item(\.|$)/.test(name);
  const { hooks, ...rest } = call;
  const left = either(known, item, leftBy([call], template, scope));
  return [...unknownIn(rest, either(known, item), where), ...unknownIn(hooks, left, `${where}.hooks`)];
}

/** What the workflow itself gives a value to; its labels and annotations are only known once it is submitted. */
function globalNames(templates: readonly ReachableTemplate[], spec: WorkflowSpec): Known {
  const parameters = (spec.arguments?.parameters ?? []).map(({ name }) => `workflow.parameters.${name}`);
  // Argo sees what a template publishes where that is called by another one: not what the entry point itself does.
  const called = templates.filter(({ callers }) => callers.some(({ from }) => from !== undefined));
  const published = called.flatMap(({ template }) =>
    (template.outputs?.parameters ?? []).flatMap(({ globalName = '' }) => `workflow.outputs.parameters.${globalName}`),
  );
  const names = new Set([...parameters, ...published, ...workflowNames]);
  return (name) => names.has(name) || /^workflow\.(labels|annotations|creationTimestamp)\./.test(name);
}

const workflowNames = [
  ...['name', 'namespace', 'uid', 'mainEntrypoint', 'serviceAccountName', 'creationTimestamp', 'priority', 'status'],
  ...['failures', 'duration', 'parameters', 'parameters.json', 'labels', 'labels.json', 'annotations'],
  'annotations.json',
].map((name) => `workflow.${name}`);

function namesWithin(template: Template, shared: Known): Known {
  const inputs = (template.inputs?.parameters ?? []).map(({ name }) => `inputs.parameters.${name}`);
  const paths = (template.outputs?.parameters ?? []).map(({ name }) => `outputs.parameters.${name}.path`);
  const names = new Set([
    ...inputs,
    ...paths,
    'inputs.parameters',
    'pod.name',
    'node.name',
    'steps.name',
    'tasks.name',
  ]);
  return (name) => shared(name) || names.has(name) || name === 'retries' || name.startsWith('lastRetry.');
}

interface Placed {
  call: InnerCall;
  /** Those whose outputs it may name. */
  before: readonly InnerCall[];
  place: string;
}

function innerCalls({ steps = [], dag }: Template): Placed[] {
  const inSteps = steps.flatMap((group, index) =>
    group.map((call) => ({
      call,
      before: steps.slice(0, index).flat(),
      place: `steps[${index}].${call.name ?? ''}`,
    })),
  );
  const tasks = dag?.tasks ?? [];
  return [
    ...inSteps,
    ...tasks.map((call) => ({ call, before: ancestors(call, tasks), place: `dag.tasks[${call.name}]` })),
  ];
}

function ancestors(task: DAGTask, tasks: readonly DAGTask[], seen = new Set<DAGTask>()): DAGTask[] {
  for (const name of awaited(task, tasks)) {
    const found = tasks.find((each) => each.name === name);
    if (found !== undefined && !seen.has(found)) ancestors(found, tasks, seen.add(found));
  }
  return [...seen];
}

/** A `depends` that cannot be read is told elsewhere. */
function awaited(task: DAGTask, tasks: readonly DAGTask[]): readonly string[] {
  try {
    return dependsOf(task, tasks).tasks;
  } catch {
    return [];
  }
}

/** What steps or tasks leave behind. Of a template that is not found everything is taken to be there; that is told elsewhere. */
function leftBy(calls: readonly InnerCall[], parent: Template, scope: TemplateScope): Known {
  const prefix = parent.dag === undefined ? 'steps' : 'tasks';
  return (name) =>
    calls.some((call) => {
      const start = `${prefix}.${call.name ?? ''}.`;
      return name.startsWith(start) && leaves(call, name.slice(start.length), scope);
    });
}

function leaves(call: InnerCall, name: string, scope: TemplateScope): boolean {
  if (['id', 'startedAt', 'finishedAt', 'status', 'exitCode', 'outputs.result'].includes(name)) return true;
  if (name === 'outputs.parameters') return isLoop(call);
  try {
    const declared = scope.resolve(call).template.outputs?.parameters ?? [];
    return declared.some((parameter) => name === `outputs.parameters.${parameter.name}`);
  } catch {
    return true;
  }
}

function unknownIn(value: unknown, known: Known, field: string): BadField[] {
  const names = textsIn(value).flatMap(namesIn);
  return [...new Set(names)]
    .filter((name) => !known(name))
    .map((name) => ({ field, expected: `{{${name}}} names nothing that is known there` }));
}

/** A text whose tags cannot be read is told elsewhere. */
function namesIn(text: string): string[] {
  try {
    return piecesOf(text).flatMap((piece) => (piece.is === 'name' ? [piece.name] : []));
  } catch {
    return [];
  }
}

export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
