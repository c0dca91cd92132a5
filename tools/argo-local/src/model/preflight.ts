import type { DAGTask, Template, Workflow, WorkflowSpec } from '@luban-ci/argo-workflows-schema';
import { type BadField, InputError, messageOf } from '@luban-ci/core';
import type { ImageMapping } from '../containers/image-mapping.ts';
import { dependsOf } from '../engine/depends.ts';
import { valueParameter } from '../engine/inputs.ts';
import { piecesOf } from '../expressions/fill-tags.ts';
import { parseExpression } from '../expressions/parse-expression.ts';
import { type Catalog, findTemplateHolder } from './catalog.ts';
import { imageProblems } from './image-problems.ts';
import { executedSpec } from './merge-spec.ts';
import { type ReachableTemplate, reachableTemplates } from './reachable-templates.ts';
import { refuseCircles } from './refuse-circles.ts';
import { refusedFields } from './refused-fields.ts';
import { createTemplateScope, type TemplateScope } from './template-scope.ts';
import { textsIn, unknownVariables } from './unknown-variables.ts';

export interface Checked {
  spec: WorkflowSpec;
  scope: TemplateScope;
}

/**
 * Looks at everything that a run can come to, before anything runs: fields, references, expressions, volumes and images
 * that are not supported here are refused by name, all at once.
 *
 * @throws InputError
 */
export function preflight(
  workflow: Workflow,
  name: string,
  namespace: string,
  catalog: Catalog,
  images: readonly ImageMapping[],
): Checked {
  const spec = executedSpec(workflow, catalog, namespace);
  const scope = createTemplateScope(
    spec,
    catalog,
    workflow.spec.workflowTemplateRef === undefined ? name : '',
    namespace,
  );
  const { templates, problems } = reachableTemplates(spec, scope);
  const { templates: _, ...rest } = spec;
  const bad = [
    ...refusedFields({ ...workflow, spec: rest }, 'Workflow', '').map(notSupported),
    ...heldParameters(workflow, catalog, namespace),
    ...hookProblems(spec.hooks, 'spec.hooks'),
    ...exitExpression(spec),
    ...problems.map((problem) => ({
      field: problem.split(': ')[0] ?? '',
      expected: problem.split(': ').slice(1).join(': '),
    })),
    ...templates.flatMap((each) => templateProblems(each, spec)),
    ...unknownVariables(templates, spec),
    ...imageProblems(templates, knownParameters(spec, catalog, namespace), images),
  ];
  if (bad.length === 0) return { spec, scope };
  const shown = bad.map(({ field, expected }) => `${field}: ${expected}`).join('; ');
  throw new InputError(`this workflow cannot run on this machine: ${shown}`, bad, {
    hint: 'The README of argo-local lists every field that works here.',
  });
}

/** A parameter without a value is refused where all of them get their values. */
function knownParameters(spec: WorkflowSpec, catalog: Catalog, namespace: string): Map<string, string> {
  const around = { catalog, namespace, variables: new Map() };
  return new Map(
    (spec.arguments?.parameters ?? []).flatMap((parameter) => {
      try {
        return [[parameter.name, valueParameter(parameter, parameter.name, around).value] as const];
      } catch {
        return [];
      }
    }),
  );
}

function notSupported(field: string): BadField {
  return { field, expected: 'is not supported on this machine' };
}

function templateProblems(reachable: ReachableTemplate, spec: WorkflowSpec): BadField[] {
  const { template, path } = reachable;
  return [
    ...refusedFields(template, 'Template', path).map(notSupported),
    ...missingKind(template, path),
    ...nonLeafLimits(template, path),
    ...volumeProblems(template, path, spec),
    ...podNameProblems(reachable),
    ...expressionProblems(template, path),
    ...dependsProblems(template, path),
    ...(template.steps ?? []).flat().flatMap((step) => hookProblems(step.hooks, `${path}.steps.${step.name}.hooks`)),
    ...(template.dag?.tasks ?? []).flatMap((task) => hookProblems(task.hooks, `${path}.dag.tasks.${task.name}.hooks`)),
  ];
}

function missingKind(template: Template, path: string): BadField[] {
  const { container, script, steps, dag, suspend } = template;
  if ([container, script, steps, dag, suspend].some((each) => each !== undefined)) return [];
  return [{ field: path, expected: 'is neither container, script, steps, dag nor suspend' }];
}

/** Argo allows these for pods only (workflow/validate/validate.go). */
function nonLeafLimits(template: Template, path: string): BadField[] {
  if (template.steps === undefined && template.dag === undefined) return [];
  const limits = ['activeDeadlineSeconds', 'timeout'].filter((field) => field in template);
  return limits.map((field) => ({
    field: `${path}.${field}`,
    expected: 'is for container, script and suspend templates only',
  }));
}

/** Pods are called after their template, but for the one that is the whole workflow (workflow/util/pod_name.go). */
function podNameProblems({ template, path, callers }: ReachableTemplate): BadField[] {
  const { name = '', container, script, retryStrategy } = template;
  const isPod = container !== undefined || script !== undefined;
  const isWhole = callers.every(({ isEntry }) => isEntry) && retryStrategy === undefined;
  if (!isPod || isWhole || /^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) return [];
  return [{ field: `${path}.name`, expected: 'is part of the names of pods: lower-case letters, digits and "-" only' }];
}

/** upstream-B4: a template that is referred to mounts volumes of the workflow that runs, not of its own file. */
function volumeProblems(template: Template, path: string, spec: WorkflowSpec): BadField[] {
  const own = [...(template.volumes ?? []), ...(spec.volumes ?? [])].map((volume) => volume.name);
  const claims = (spec.volumeClaimTemplates ?? []).map((claim) => claim.metadata?.name ?? '');
  const mounts = (template.container ?? template.script)?.volumeMounts ?? [];
  return mounts
    .filter((mount) => ![...own, ...claims].includes(mount.name))
    .map((mount) => ({
      field: `${path}.volumeMounts`,
      expected: `the running workflow declares no volume ${mount.name}`,
    }));
}

/** Argo runs the exit hook of a whole workflow whatever its expression says (workflow/controller/operator.go, operate). */
function exitExpression({ hooks }: WorkflowSpec): BadField[] {
  if ((hooks?.['exit']?.expression ?? '') === '') return [];
  return [{ field: 'spec.hooks.exit.expression', expected: 'is not looked at by Argo; say it with a `when` in steps' }];
}

function hookProblems(hooks: WorkflowSpec['hooks'], path: string): BadField[] {
  return Object.keys(hooks ?? {})
    .filter((name) => name !== 'exit')
    .map((name) => ({ field: `${path}.${name}`, expected: 'is not supported on this machine; only the exit hook is' }));
}

function expressionProblems(template: Template, path: string): BadField[] {
  const bare = [
    template.retryStrategy?.expression,
    ...(template.outputs?.parameters ?? []).map((parameter) => parameter.valueFrom?.expression),
  ];
  return [...attempts(textsIn(template), path, piecesOf), ...attempts(bare.filter(isPlain), path, parseExpression)];
}

function isPlain(text: string | undefined): text is string {
  return text !== undefined && !text.includes('{{');
}

function dependsProblems(template: Template, path: string): BadField[] {
  const tasks = template.dag?.tasks ?? [];
  const read = attempts(tasks, path, (task) => dependsOf(task, tasks));
  if (read.length > 0 || template.dag === undefined) return read;
  return attempts([template.dag], path, (dag) => refuseCircles(dag, (name) => dependenciesOf(name, tasks)));
}

function dependenciesOf(name: string, tasks: readonly DAGTask[]): readonly string[] {
  return tasks.filter((task) => task.name === name).flatMap((task) => dependsOf(task, tasks).tasks);
}

function attempts<T>(values: readonly T[], field: string, attempt: (value: T) => unknown): BadField[] {
  return values.flatMap((value) => {
    try {
      attempt(value);
      return [];
    } catch (error) {
      return [{ field, expected: messageOf(error) }];
    }
  });
}

/** Values of the arguments are data here; a tag that a template's author wrote there would silently stay as it is. */
function heldParameters(workflow: Workflow, catalog: Catalog, namespace: string): BadField[] {
  const reference = workflow.spec.workflowTemplateRef;
  const clusterScope = reference?.clusterScope === true;
  const holder = findTemplateHolder(catalog, { name: reference?.name ?? '', clusterScope }, namespace);
  return (holder?.spec.arguments?.parameters ?? [])
    .filter((parameter) => String(parameter.value ?? '').includes('{{'))
    .map(({ name }) => ({
      field: `spec.arguments.${name}`,
      expected: 'a tag in a default is not supported on this machine',
    }));
}
