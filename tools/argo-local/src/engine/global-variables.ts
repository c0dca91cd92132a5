import type { Parameter, Workflow, WorkflowSpec } from '@luban-ci/argo-workflows-schema';
import { goJson, goJsonAsGiven } from '../expressions/go-json.ts';
import type { Catalog } from '../model/catalog.ts';
import { valueParameter } from './inputs.ts';

/**
 * `workflow.*` as text (workflow/controller/operator.go, setGlobalParameters).
 *
 * @throws InputError for a parameter without a value or outside its enum
 */
export function globalVariables(workflow: Workflow, spec: WorkflowSpec, catalog: Catalog): Map<string, string> {
  const { name = '', namespace = '', uid = '', labels = {}, annotations = {} } = workflow.metadata;
  const createdAt = workflow.metadata.creationTimestamp ?? '';
  const parameters = spec.arguments?.parameters ?? [];
  const variables = new Map([
    ['workflow.name', name],
    ['workflow.namespace', namespace],
    ['workflow.uid', uid],
    ['workflow.mainEntrypoint', spec.entrypoint ?? ''],
    ['workflow.serviceAccountName', spec.serviceAccountName ?? ''],
    ['workflow.status', 'Running'],
    ['workflow.creationTimestamp', createdAt],
    ['workflow.creationTimestamp.RFC3339', createdAt],
    ['workflow.creationTimestamp.s', String(Date.parse(createdAt) / 1000)],
    ...timeParts(createdAt),
    ...(spec.priority === undefined ? [] : [['workflow.priority', String(spec.priority)] as const]),
    ...named('workflow.labels', labels),
    ...named('workflow.annotations', annotations),
  ]);
  const around = { catalog, namespace, variables };
  const valued = parameters.map((each) => ({
    ...each,
    ...valueParameter(withoutDefault(each), `spec.arguments.${each.name}`, around),
  }));
  for (const { name: parameter, value } of valued) variables.set(`workflow.parameters.${parameter}`, value);
  for (const all of ['workflow.parameters', 'workflow.parameters.json']) variables.set(all, goJsonAsGiven(parameters));
  return variables;
}

/** The strftime characters that are plain digits; the others are words of a language. */
function timeParts(timestamp: string): [string, string][] {
  const [year = '', month = '', day = '', hour = '', minute = '', second = ''] = timestamp.match(/\d+/g) ?? [];
  return Object.entries({ Y: year, m: month, d: day, H: hour, M: minute, S: second }).map(([letter, value]) => [
    `workflow.creationTimestamp.${letter}`,
    value,
  ]);
}

/** Of a workflow's own parameters Argo takes value and valueFrom only; a lone default is an error. */
function withoutDefault({ default: _, ...parameter }: Parameter): Parameter {
  return parameter;
}

function named(prefix: string, texts: Readonly<Record<string, string>>): [string, string][] {
  const each = Object.entries(texts).map(([key, value]): [string, string] => [`${prefix}.${key}`, value]);
  return [...each, [prefix, goJson(texts)], [`${prefix}.json`, goJson(texts)]];
}
