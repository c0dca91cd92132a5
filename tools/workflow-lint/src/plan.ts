import {
  createTemplateScope,
  executedSpec,
  joinCatalogs,
  readCatalog,
  type TemplateCall,
  type TemplateScope,
} from '@luban-ci/argo-local';
import {
  createManifestReader,
  type DAGTask,
  type RetryStrategy,
  type Template,
  type WorkflowStep,
} from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import type { LintFile } from './documents.ts';

/**
 * What a WorkflowTemplate does, as text that a reviewer reads first: its nodes in order, each with image, inputs, retries
 * and outputs. References are followed into the other files.
 */
export function planOf(name: string, files: readonly LintFile[], reader = createManifestReader()): string {
  const catalog = joinCatalogs(...files.map(({ file, text }) => readCatalog(text, file, reader)));
  const holder = [...catalog.workflowTemplates, ...catalog.clusterWorkflowTemplates].find(
    (each) => each.metadata.name === name,
  );
  if (holder === undefined) return `there is no template called ${name}\n`;
  const clusterScope = holder.kind === 'ClusterWorkflowTemplate';
  const workflow = { ...holder, kind: 'Workflow' as const, spec: { workflowTemplateRef: { name, clusterScope } } };
  const namespace = holder.metadata.namespace ?? 'default';
  const spec = executedSpec(workflow, catalog, namespace);
  const scope = createTemplateScope(spec, catalog, name, namespace);
  const parameters = (spec.arguments?.parameters ?? []).map(({ name: parameter, value, valueFrom }) => {
    const from = valueFrom?.configMapKeyRef;
    const shown =
      from === undefined
        ? value
        : `${from.name}/${from.key}${valueFrom?.default === undefined ? '' : ` else ${valueFrom.default}`}`;
    return `  ${parameter}${shown === undefined ? ' (required)' : ` = ${JSON.stringify(shown)}`}`;
  });
  const exit = spec.onExit === undefined ? spec.hooks?.['exit'] : { template: spec.onExit };
  const lines = [
    `${holder.kind} ${name}`,
    ...(parameters.length === 0 ? [] : ['parameters', ...parameters]),
    ...planCall({ template: spec.entrypoint ?? '' }, 'entrypoint', scope, 0, []),
    ...(exit === undefined ? [] : planCall(exit, 'on exit', scope, 0, [])),
  ];
  return `${lines.join('\n')}\n`;
}

type Calling = WorkflowStep | DAGTask;

function planCall(
  call: TemplateCall & Partial<Calling>,
  label: string,
  scope: TemplateScope,
  depth: number,
  path: readonly Template[],
): string[] {
  const indent = '  '.repeat(depth);
  const reference =
    call.templateRef === undefined ? call.template : `${call.templateRef.name}/${call.templateRef.template}`;
  const when = call.when === undefined ? '' : ` when ${call.when}`;
  const loop = loopOf(call);
  const head = `${indent}${label}: ${reference}${when}${loop}`;
  try {
    const { template, scope: inner } = scope.resolve(call);
    if (path.includes(template)) return [`${head} (again)`];
    const details = detailsOf(template, call).map((line) => `${indent}    ${line}`);
    return [head, ...details, ...planChildren(template, inner, depth + 1, [...path, template])];
  } catch (error) {
    return [`${head} – ${messageOf(error)}`];
  }
}

function planChildren(template: Template, scope: TemplateScope, depth: number, path: readonly Template[]): string[] {
  const steps = (template.steps ?? []).flatMap((group, index) =>
    group.flatMap((step) => planCall(step, `${index + 1} ${step.name}`, scope, depth, path)),
  );
  const tasks = (template.dag?.tasks ?? []).flatMap((task) => {
    const after = task.depends ?? (task.dependencies ?? []).join(' && ');
    return planCall(task, `${task.name}${after === '' ? '' : ` after ${after}`}`, scope, depth, path);
  });
  return [...steps, ...tasks];
}

function detailsOf(template: Template, call: Partial<Calling>): string[] {
  const image = (template.container ?? template.script)?.image;
  const inputs = (call.arguments?.parameters ?? []).map(({ name, value }) => `${name}=${value ?? '(from elsewhere)'}`);
  const outputs = (template.outputs?.parameters ?? []).map(({ name }) => name);
  return [
    ...(image === undefined ? [] : [`image    ${image}`]),
    ...inputs.map((input, index) => `${index === 0 ? 'inputs  ' : '        '} ${input}`),
    ...retriesOf(template.retryStrategy),
    ...(outputs.length === 0 ? [] : [`outputs  ${outputs.join(' ')}`]),
  ];
}

function retriesOf(strategy: RetryStrategy | undefined): string[] {
  if (strategy === undefined) return [];
  const { limit = 'for ever', expression, backoff } = strategy;
  const wait =
    backoff === undefined
      ? ''
      : ` after ${backoff.duration}${backoff.factor === undefined ? '' : ` ×${backoff.factor}`}`;
  return [`retries  ${limit}${wait}${expression === undefined ? '' : ` when ${expression}`}`];
}

function loopOf({ withItems, withParam, withSequence }: Partial<Calling>): string {
  if (withItems !== undefined) return ` for each of ${JSON.stringify(withItems)}`;
  if (withParam !== undefined) return ` for each of ${withParam}`;
  return withSequence === undefined ? '' : ` for each of ${JSON.stringify(withSequence)}`;
}
