import type { Outputs, Template } from '@luban-ci/argo-workflows-schema';
import { goJson, goJsonAsGiven } from '../expressions/go-json.ts';
import type { RunNode } from './node-table.ts';

/** What other steps or tasks may read of a node under `prefix`, `steps.build` for instance (operator.go, buildLocalScope). */
export function nodeVariables(prefix: string, node: RunNode): [string, string][] {
  return [
    [`${prefix}.id`, node.id],
    ...pair(`${prefix}.startedAt`, node.startedAt),
    ...pair(`${prefix}.finishedAt`, node.finishedAt),
    [`${prefix}.status`, node.phase],
    ...outputVariables(prefix, node.outputs),
  ];
}

function outputVariables(prefix: string, outputs: Outputs | undefined): [string, string][] {
  const parameters = (outputs?.parameters ?? []).flatMap(({ name, value }) =>
    value === undefined ? [] : pair(`${prefix}.outputs.parameters.${name}`, String(value)),
  );
  return [
    ...pair(`${prefix}.outputs.result`, outputs?.result),
    ...pair(`${prefix}.exitCode`, outputs?.exitCode),
    ...parameters,
  ];
}

/** The declared outputs of a call that was skipped or omitted are empty texts (docs/variables.md). */
export function emptyOutputs(prefix: string, template: Template): [string, string][] {
  const parameters = (template.outputs?.parameters ?? []).map(({ name }) => `${prefix}.outputs.parameters.${name}`);
  return [`${prefix}.outputs.result`, ...parameters].map((name) => [name, '']);
}

/**
 * What `withItems` and its like leave behind: lists as JSON over those that succeeded, in the order of the items
 * (operator.go, processAggregateNodeOutputs).
 */
export function aggregateVariables(prefix: string, nodes: readonly RunNode[]): [string, string][] {
  const done = nodes.filter((node) => node.phase === 'Succeeded' && node.outputs !== undefined);
  const maps = done
    .map((node) => (node.outputs?.parameters ?? []).map(({ name, value }) => [name, String(value)] as const))
    .filter((entries) => entries.length > 0);
  const results = done.flatMap((node) => (node.outputs?.result === undefined ? [] : [looseJson(node.outputs.result)]));
  const names = [...new Set(maps.flatMap((entries) => entries.map(([name]) => name)))];
  const lists = names.map((name): [string, string] => {
    const values = maps.flatMap((entries) => entries.filter(([each]) => each === name).map(([, value]) => value));
    return [`${prefix}.outputs.parameters.${name}`, aggregated(values)];
  });
  return [
    [`${prefix}.outputs.result`, goJsonAsGiven(results)],
    [`${prefix}.outputs.parameters`, goJson(maps.map((entries) => Object.fromEntries(entries)))],
    ...lists,
  ];
}

/** Lists and maps stay what they are when all values are such; otherwise every value is a text. */
function aggregated(values: readonly string[]): string {
  const parsed = values.map(looseJson);
  return goJson(parsed.every((each) => typeof each === 'object' && each !== null) ? parsed : values);
}

function looseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function pair(name: string, value: string | null | undefined): [string, string][] {
  return value === undefined || value === null ? [] : [[name, value]];
}
