import type { Outputs, Parameter, Template, ValueFrom } from '@luban-ci/argo-workflows-schema';
import { StepError } from '@luban-ci/core';
import { evaluateExpression, type Variables } from '../expressions/evaluate-expression.ts';
import { ExpressionError } from '../expressions/expression-error.ts';
import { fillTags } from '../expressions/fill-tags.ts';
import { goJson } from '../expressions/go-json.ts';
import type { PodResult } from './pod.ts';
import type { Run } from './run.ts';

/** The parameter without where its value came from, as it stands in a node's status. */
function valued(parameter: Parameter, value: string): Parameter {
  const { valueFrom: _, default: __, ...rest } = parameter;
  return { ...rest, value };
}

/**
 * What a container leaves behind. One newline at the end of a file or of the standard output is taken off, as Argo's
 * executor does (workflow/executor/executor.go). An output whose file was not written and that has no default stands
 * there without a value.
 */
export function podOutputs(template: Template, result: PodResult, wantsResult: boolean): Outputs {
  const parameters = (template.outputs?.parameters ?? []).map((parameter) => {
    const value = fileValue(parameter.valueFrom ?? {}, result);
    return value === undefined ? parameter : valued(parameter, value);
  });
  return {
    exitCode: String(result.exitCode),
    ...(wantsResult ? { result: withoutNewline(result.stdout) } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
  };
}

/** What is wrong with the outputs of a container that succeeded. */
export function missingOutput({ parameters = [] }: Outputs): string | undefined {
  const missing = parameters.find(({ value }) => value === undefined);
  if (missing === undefined) return undefined;
  return `the output ${missing.name} was not written to ${missing.valueFrom?.path ?? 'a file'}`;
}

function fileValue(from: ValueFrom, result: PodResult): string | undefined {
  const text = from.path === undefined ? undefined : result.files.get(from.path);
  if (text !== undefined) return withoutNewline(text);
  return from.default === undefined ? undefined : String(from.default);
}

function withoutNewline(text: string): string {
  return text.replace(/\n$/, '');
}

/** What a steps or DAG template passes on from its children (operator.go, getTemplateOutputsFromScope). */
export function scopeOutputs(template: Template, variables: Variables): Outputs | undefined {
  const declared = template.outputs?.parameters ?? [];
  if (declared.length === 0) return undefined;
  return { parameters: declared.map((parameter) => valued(parameter, scopeValue(parameter, variables))) };
}

function scopeValue({ name, valueFrom = {} }: Parameter, variables: Variables): string {
  try {
    if (valueFrom.expression !== undefined) return asText(evaluateExpression(valueFrom.expression, variables));
    const reference = valueFrom.parameter ?? '';
    return fillTags(reference.includes('{{') ? reference : `{{${reference}}}`, variables);
  } catch (error) {
    if (valueFrom.default !== undefined && error instanceof ExpressionError) return String(valueFrom.default);
    throw new StepError(`the output ${name} cannot be resolved`, { cause: error });
  }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : goJson(value);
}

/** Makes outputs with a `globalName` known to the whole workflow. */
export function publishOutputs(run: Run, outputs: Outputs | undefined): void {
  for (const { globalName, ...parameter } of outputs?.parameters ?? []) {
    if (globalName === undefined || parameter.value === undefined) continue;
    run.outputs.set(globalName, { ...parameter, name: globalName });
    run.globals.set(`workflow.outputs.parameters.${globalName}`, String(parameter.value));
  }
}
